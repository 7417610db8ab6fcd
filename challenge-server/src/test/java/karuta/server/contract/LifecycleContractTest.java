package karuta.server.contract;

import static karuta.server.contract.AnswerContractTest.refused;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import karuta.card.Generation;
import karuta.card.Profile;
import karuta.card.Serial;
import karuta.card.Subject;
import karuta.database.testing.TestDatabase;
import karuta.server.audit.AuditEntry;
import karuta.server.audit.AuditEvent;
import karuta.server.card.CardRecord;
import karuta.server.card.CardState;
import karuta.server.card.CardView;
import karuta.server.card.FoundCard;
import karuta.server.card.Method;
import karuta.server.card.Order;
import karuta.server.card.Refusal.Code;
import karuta.server.challenge.ChallengeState;
import karuta.server.challenge.Outcome.Passed;
import karuta.server.challenge.Outcome.Wrong;
import karuta.server.challenge.Policy;
import karuta.server.store.Store;
import karuta.server.testing.Bank;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
class LifecycleContractTest {
  private static final Generation FIRST = new Generation(1);
  private static final Generation SECOND = new Generation(2);

  private final Bank bank;
  private final Subject customer = new Subject("customer-1");

  LifecycleContractTest(TestDatabase database) {
    bank = Bank.open(database.fresh(Store.TABLES), Policy.standard());
  }

  @AfterEach
  void close() {
    bank.close();
  }

  @Test
  void theSwitchTurnsTheMethodAndTheCardAtOnce() {
    bank.withMailedCard("customer-1");
    var before = bank.cards().subject(customer);
    assertThat(before.method()).isEqualTo(Method.CONFIRMATION_PASSWORD);
    assertThat(before.orderRefusal()).contains(Code.ORDER_OPEN);
    refused(Code.NO_ACTIVE_CARD, () -> bank.transfer(customer, "t-1"));

    bank.switchOn(customer);

    var after = bank.cards().subject(customer);
    assertThat(after.method()).isEqualTo(Method.IMAGE_CARD);
    assertThat(after.cards().getFirst().state()).isEqualTo(CardState.ACTIVE);
    assertThat(after.cards().getFirst().activatedAt()).contains(bank.time.instant());
    assertThat(after.orderRefusal()).isEmpty();
  }

  @Test
  void theOldCardWorksUntilTheNewOneIsAnsweredRightAndNeverAfter() {
    bank.withActiveCard("customer-1");
    bank.withReplacementMailed(customer);
    var open = bank.challenges().activate(Bank.FRONT, customer, true);
    assertThat(bank.answer(open, bank.printed(customer, 2).wrongAnswer(open)))
        .isInstanceOf(Wrong.class);
    assertThat(bank.card(customer, 1).wrongAnswers()).isZero();
    var old = bank.transfer(customer, "t-1");
    assertThat(bank.answer(old, bank.printed(customer, 1).answer(old))).isInstanceOf(Passed.class);
    var left = bank.transfer(customer, "t-2");

    bank.switchOn(customer);

    assertThat(states()).containsExactly(CardState.ACTIVE, CardState.RETIRED);
    assertThat(bank.challenges().read(Bank.FRONT, left.id()).state())
        .isEqualTo(ChallengeState.ABANDONED);
    assertThat(bank.card(customer, 1).reason()).isEqualTo("replaced by card 2");
    assertThat(bank.pass(customer, "t-3")).isInstanceOf(Passed.class);
  }

  @Test
  void aLostCardIsReplacedWhileItStaysSuspended() {
    bank.withActiveCard("customer-1");
    bank.cards().suspend(Bank.FRONT, customer, Optional.empty(), "lost");
    bank.withReplacementMailed(customer);
    assertThat(states()).containsExactly(CardState.MAILED, CardState.SUSPENDED);
    refused(Code.CARD_SUSPENDED, () -> bank.transfer(customer, "t-1"));

    bank.switchOn(customer);

    assertThat(states()).containsExactly(CardState.ACTIVE, CardState.RETIRED);
  }

  @Test
  void onlyAMailedCardCanBeSwitchedOn() {
    bank.cards().register(Bank.OFFICE, customer, Method.NONE);
    refused(Code.NO_MAILED_CARD, () -> bank.challenges().activate(Bank.FRONT, customer, true));
    bank.cards().order(Bank.FRONT, customer, Profile.STANDARD);
    refused(Code.NO_MAILED_CARD, () -> bank.challenges().activate(Bank.FRONT, customer, true));
    bank.issue(customer);
    refused(Code.NO_MAILED_CARD, () -> bank.challenges().activate(Bank.FRONT, customer, true));
    bank.cards().mail(Bank.OFFICE, customer, FIRST, "RR1", Optional.empty());
    refused(
        Code.NOTICE_NOT_CONFIRMED, () -> bank.challenges().activate(Bank.FRONT, customer, false));

    bank.switchOn(customer);
  }

  @Test
  void wrongAnswersToTheNewCardLockItAloneAndUnlockGivesItsStateBack() {
    bank.withActiveCard("customer-1");
    bank.withReplacementMailed(customer);
    for (var i = 0; i < 5; i++) {
      var open = bank.challenges().activate(Bank.FRONT, customer, true);
      bank.answer(open, bank.printed(customer, 2).wrongAnswer(open));
    }
    assertThat(states()).containsExactly(CardState.LOCKED, CardState.ACTIVE);
    refused(Code.CARD_LOCKED, () -> bank.challenges().activate(Bank.FRONT, customer, true));

    bank.cards().unlock(Bank.OFFICE, customer, SECOND, "customer called");

    assertThat(states()).containsExactly(CardState.MAILED, CardState.ACTIVE);
    assertThat(bank.card(customer, 2).wrongAnswers()).isZero();
    bank.switchOn(customer);
  }

  @Test
  void unlockKeepsTheQuestion() {
    bank.withActiveCard("customer-1");
    var asked = QuestionContractTest.cells(bank.transfer(customer, "t-0"));
    for (var i = 0; i < 5; i++) {
      bank.fail(customer, "t-" + i);
    }

    bank.cards().unlock(Bank.OFFICE, customer, FIRST, "customer called");

    assertThat(QuestionContractTest.cells(bank.transfer(customer, "t-9"))).isEqualTo(asked);
  }

  @Test
  void oneOrderIsOpenAtATime() {
    bank.cards().register(Bank.OFFICE, customer, Method.NONE);
    bank.cards().order(Bank.FRONT, customer, Profile.STANDARD);

    assertThat(bank.cards().order(Bank.FRONT, customer, Profile.STANDARD).cards()).hasSize(1);
    refused(Code.ORDER_OPEN, () -> bank.cards().order(Bank.FRONT, customer, Profile.NIST_800_63B));

    bank.issue(customer);
    bank.cards().mail(Bank.OFFICE, customer, FIRST, "RR1", Optional.empty());
    bank.cards().returned(Bank.OFFICE, customer, FIRST, "unknown at this address");
    assertThat(bank.cards().order(Bank.FRONT, customer, Profile.NIST_800_63B).cards())
        .extracting(CardView::state)
        .containsExactly(CardState.ORDERED, CardState.RETURNED);
  }

  @Test
  void customersOnOneTimePasswordsGetNoCard() {
    bank.cards().register(Bank.OFFICE, customer, Method.ONE_TIME_PASSWORD);

    assertThat(bank.cards().subject(customer).orderRefusal()).contains(Code.NOT_ELIGIBLE);
    refused(Code.NOT_ELIGIBLE, () -> bank.cards().order(Bank.FRONT, customer, Profile.STANDARD));
    refused(Code.NOT_ELIGIBLE, () -> bank.challenges().activate(Bank.FRONT, customer, true));
  }

  @Test
  void theMethodChangesOnlyWhileNoCardIsInUse() {
    bank.cards().register(Bank.OFFICE, customer, Method.ONE_TIME_PASSWORD);
    bank.withActiveCard("customer-1");
    refused(
        Code.WRONG_STATE,
        () -> bank.cards().register(Bank.OFFICE, customer, Method.ONE_TIME_PASSWORD));
    refused(
        Code.INVALID_FIELD, () -> bank.cards().register(Bank.OFFICE, customer, Method.IMAGE_CARD));

    bank.cards().retire(Bank.OFFICE, customer, FIRST, "customer left for a device");

    assertThat(bank.cards().register(Bank.OFFICE, customer, Method.ONE_TIME_PASSWORD).method())
        .isEqualTo(Method.ONE_TIME_PASSWORD);
  }

  @Test
  void everyChangeMayBeAskedForTwice() {
    bank.withMailedCard("customer-1");
    bank.cards().mail(Bank.OFFICE, customer, FIRST, "RR1", Optional.of(Instant.EPOCH));
    assertThat(bank.newest(customer).trackingNumber()).isEqualTo("RR123456785JP");
    for (var i = 0; i < 2; i++) {
      bank.cards().suspend(Bank.OFFICE, customer, Optional.of(FIRST), "lost");
      bank.cards().suspend(Bank.OFFICE, customer, Optional.empty(), "lost");
    }
    for (var i = 0; i < 2; i++) {
      bank.cards().unlock(Bank.OFFICE, customer, FIRST, "found");
    }
    assertThat(bank.newest(customer).state()).isEqualTo(CardState.MAILED);
    for (var i = 0; i < 2; i++) {
      bank.cards().retire(Bank.OFFICE, customer, FIRST, "no longer wanted");
    }
    assertThat(bank.newest(customer).state()).isEqualTo(CardState.RETIRED);
    refused(Code.WRONG_STATE, () -> bank.cards().unlock(Bank.OFFICE, customer, FIRST, "found"));
    refused(Code.CARD_NOT_FOUND, () -> bank.cards().retire(Bank.OFFICE, customer, SECOND, "gone"));
    refused(
        Code.UNKNOWN_SUBJECT,
        () -> bank.cards().retire(Bank.OFFICE, new Subject("nobody"), FIRST, "gone"));
  }

  @Test
  void ordersAndAuditComeInPages() {
    for (var i = 0; i < 5; i++) {
      var subject = new Subject("many-" + i);
      bank.cards().register(Bank.OFFICE, subject, Method.NONE);
      bank.cards().order(Bank.FRONT, subject, Profile.STANDARD);
    }

    var first = bank.cards().orders(3, "");
    var second = bank.cards().orders(3, first.next());

    assertThat(first.items()).extracting(Order::subject).hasSize(3);
    assertThat(second.items()).hasSize(2).doesNotContainAnyElementsOf(first.items());
    assertThat(second.next()).isEmpty();
    var newest = bank.cards().audit(new Subject("many-0"), 1, "");
    assertThat(newest.items())
        .extracting(AuditEntry::event)
        .containsExactly(AuditEvent.CARD_ORDERED);
    assertThat(bank.cards().audit(new Subject("many-0"), 5, newest.next()).items())
        .extracting(AuditEntry::event)
        .containsExactly(AuditEvent.SUBJECT_REGISTERED);
    refused(Code.INVALID_FIELD, () -> bank.cards().orders(3, "nonsense"));
    refused(Code.INVALID_FIELD, () -> bank.cards().orders(0, ""));
  }

  @Test
  void theAuditNamesWhoTheDrawAndTheOutcomeAndNoAnswer() {
    bank.withActiveCard("customer-1");
    bank.fail(customer, "t-1");
    bank.pass(customer, "t-2");

    var entries = bank.cards().audit(customer, 100, "").items();

    assertThat(entries)
        .extracting(AuditEntry::event)
        .startsWith(
            AuditEvent.ANSWER_RIGHT,
            AuditEvent.CHALLENGE_CREATED,
            AuditEvent.ANSWER_WRONG,
            AuditEvent.CHALLENGE_CREATED);
    assertThat(entries.getFirst().actor()).isEqualTo("front");
    assertThat(entries.getFirst().draw()).isEqualTo(entries.get(2).draw()).isPositive();
    assertThat(entries).extracting(AuditEntry::detail).doesNotContain("山田 花子");
  }

  @Test
  void theRecordOfACardIsAllThatIsStoredAndMarksItsLiveDraw() {
    bank.withActiveCard("customer-1");
    var challenge = bank.transfer(customer, "t-1");

    var record = bank.cards().record(customer, FIRST);

    assertThat(record.draws()).hasSize(100);
    assertThat(record.draws()).filteredOn(CardRecord.Draw::used).hasSize(1);
    assertThat(record.draws())
        .filteredOn(CardRecord.Draw::current)
        .singleElement()
        .satisfies(
            draw ->
                assertThat(List.of(draw.record().cells()))
                    .isEqualTo(QuestionContractTest.cells(challenge)));
    assertThat(record.card().cellsExposed()).isEqualTo(4);
  }

  @Test
  void theMailedCardIsSwitchedOnThoughANewerOneWasStopped() {
    bank.withMailedCard("customer-1");
    bank.cards().suspend(Bank.OFFICE, customer, Optional.of(FIRST), "late");
    bank.withReplacementMailed(customer);
    bank.cards().suspend(Bank.OFFICE, customer, Optional.of(SECOND), "stolen from the post");
    refused(Code.CARD_SUSPENDED, () -> bank.challenges().activate(Bank.FRONT, customer, true));
    bank.cards().unlock(Bank.OFFICE, customer, FIRST, "it came after all");

    var challenge = bank.challenges().activate(Bank.FRONT, customer, true);

    assertThat(bank.answer(challenge, bank.printed(customer, 1).answer(challenge)))
        .isInstanceOf(Passed.class);
    assertThat(states()).containsExactly(CardState.SUSPENDED, CardState.ACTIVE);
  }

  @Test
  void aCardReportedLostWhileItIsSuspendedGetsThatReason() {
    bank.withActiveCard("customer-1");
    bank.cards().suspend(Bank.OFFICE, customer, Optional.of(FIRST), "questions left unanswered");

    bank.cards().suspend(Bank.FRONT, customer, Optional.of(FIRST), "lost");
    bank.cards().suspend(Bank.FRONT, customer, Optional.empty(), "lost");

    assertThat(bank.card(customer, 1).reason()).isEqualTo("lost");
    assertThat(bank.cards().audit(customer, 100, "").items())
        .filteredOn(entry -> entry.event() == AuditEvent.CARD_SUSPENDED)
        .extracting(AuditEntry::detail)
        .containsExactly("lost", "questions left unanswered");
  }

  @Test
  void whoWentToOneTimePasswordsMeanwhileIsNotSwitched() {
    bank.withMailedCard("customer-1");
    var challenge = bank.challenges().activate(Bank.FRONT, customer, true);
    bank.cards().register(Bank.OFFICE, customer, Method.ONE_TIME_PASSWORD);
    var asked = bank.token.verified.get();

    refused(
        Code.NOT_ELIGIBLE, () -> bank.answer(challenge, bank.printed(customer).answer(challenge)));

    assertThat(bank.token.verified).hasValue(asked);
    assertThat(states()).containsExactly(CardState.MAILED);
    assertThat(bank.card(customer, 1).wrongAnswers()).isZero();
  }

  @Test
  void whoGoesToOneTimePasswordsWhileTheTokenIsAskedIsNotSwitched() {
    bank.withMailedCard("customer-1");
    var challenge = bank.challenges().activate(Bank.FRONT, customer, true);
    var right = bank.printed(customer).answer(challenge);
    bank.token.beforeVerify.set(
        () -> bank.cards().register(Bank.OFFICE, customer, Method.ONE_TIME_PASSWORD));

    refused(Code.NOT_ELIGIBLE, () -> bank.answer(challenge, right));

    assertThat(states()).containsExactly(CardState.MAILED);
  }

  @Test
  void aCardWithoutABookHasNoRecord() {
    bank.withActiveCard("customer-1");
    bank.cards().order(Bank.FRONT, customer, Profile.STANDARD);

    refused(Code.WRONG_STATE, () -> bank.cards().record(customer, SECOND));
    refused(Code.CARD_NOT_FOUND, () -> bank.cards().record(customer, new Generation(3)));
    refused(Code.UNKNOWN_SUBJECT, () -> bank.cards().record(new Subject("nobody"), FIRST));
  }

  @Test
  void aNumberFindsEveryCardThatBearsItAndEachHasItsOwnRecord() {
    var number = Serial.ofRandomDigits("0000000017");
    var other = new Subject("customer-2");
    bank.nextSerials.add(number);
    bank.withActiveCard("customer-1");
    bank.nextSerials.add(number);
    bank.withMailedCard("customer-2");
    bank.withActiveCard("customer-3");

    assertThat(bank.cards().find(number))
        .containsExactly(
            new FoundCard(customer, FIRST, CardState.ACTIVE),
            new FoundCard(other, FIRST, CardState.MAILED));
    var mine = bank.cards().record(customer, FIRST);
    var theirs = bank.cards().record(other, FIRST);
    assertThat(mine.subject()).isEqualTo(customer);
    assertThat(theirs.subject()).isEqualTo(other);
    assertThat(mine.card().serial()).contains(number).isEqualTo(theirs.card().serial());
    assertThat(mine.seed().toBytes()).isNotEqualTo(theirs.seed().toBytes());
    assertThat(mine.draws()).filteredOn(CardRecord.Draw::used).hasSize(1);
    assertThat(theirs.draws()).filteredOn(CardRecord.Draw::used).isEmpty();
  }

  @Test
  void cardsWithOneNumberLiveTheirOwnLives() {
    var number = Serial.ofRandomDigits("0000000017");
    var other = new Subject("customer-2");
    bank.nextSerials.add(number);
    bank.withActiveCard("customer-1");
    bank.nextSerials.add(number);
    bank.withActiveCard("customer-2");

    bank.cards().suspend(Bank.OFFICE, customer, Optional.of(FIRST), "copied");

    assertThat(bank.cards().find(number))
        .extracting(FoundCard::state)
        .containsExactly(CardState.SUSPENDED, CardState.ACTIVE);
    assertThat(bank.pass(other, "t-1")).isInstanceOf(Passed.class);
  }

  @Test
  void aNumberNobodyBearsFindsNothing() {
    bank.withMailedCard("customer-1");

    assertThat(bank.cards().find(Serial.ofRandomDigits("0000000017"))).isEmpty();
  }

  private List<CardState> states() {
    return bank.cards().subject(customer).cards().stream().map(CardView::state).toList();
  }
}
