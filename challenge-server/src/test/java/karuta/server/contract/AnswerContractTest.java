package karuta.server.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import karuta.card.Subject;
import karuta.database.testing.TestDatabase;
import karuta.guard.client.GuardUnavailable;
import karuta.guard.testing.FakeJudgeToken;
import karuta.server.card.CardState;
import karuta.server.card.Refusal;
import karuta.server.card.Refusal.Code;
import karuta.server.challenge.ChallengeState;
import karuta.server.challenge.Outcome.Expired;
import karuta.server.challenge.Outcome.Locked;
import karuta.server.challenge.Outcome.Passed;
import karuta.server.challenge.Outcome.Refused;
import karuta.server.challenge.Outcome.Wrong;
import karuta.server.challenge.Policy;
import karuta.server.store.Store;
import karuta.server.testing.Bank;
import karuta.server.watch.Observer.Event;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
class AnswerContractTest {
  private final Bank bank;
  private final Subject customer;

  AnswerContractTest(TestDatabase database) {
    bank = Bank.open(database.fresh(Store.TABLES), Policy.standard());
    customer = bank.withActiveCard("customer-1");
  }

  @AfterEach
  void close() {
    bank.close();
  }

  @Test
  void aRightAnswerPassesOnceAndSpendsItsDraw() {
    var challenge = bank.transfer(customer, "t-1");

    var outcome = bank.answer(challenge, bank.printed(customer).answer(challenge));

    assertThat(outcome).isInstanceOf(Passed.class);
    assertThat(bank.challenges().read(Bank.FRONT, challenge.id()).state())
        .isEqualTo(ChallengeState.PASSED);
    assertThat(outcome.standing().drawsLeft()).isEqualTo(98);
    refused(
        Code.CHALLENGE_SETTLED,
        () -> bank.answer(challenge, bank.printed(customer).answer(challenge)));
  }

  @Test
  void aWrongAnswerIsCountedAndTheNextQuestionAsksTheSameCells() {
    var challenge = bank.transfer(customer, "t-1");

    var outcome = bank.answer(challenge, bank.printed(customer).wrongAnswer(challenge));

    assertThat(outcome).isInstanceOf(Wrong.class);
    assertThat(outcome.standing().attemptsLeft()).isEqualTo(4);
    assertThat(bank.card(customer, 1).wrongAnswers()).isEqualTo(1);
    var next = bank.transfer(customer, "t-2");
    assertThat(QuestionContractTest.cells(next)).isEqualTo(QuestionContractTest.cells(challenge));
  }

  @Test
  void theFifthWrongAnswerLocksAndARightOneThenNeverReachesTheToken() {
    for (var i = 0; i < 4; i++) {
      bank.fail(customer, "t-" + i);
    }
    var last = bank.transfer(customer, "t-4");
    var outcome = bank.answer(last, bank.printed(customer).wrongAnswer(last));
    assertThat(outcome.standing().cardState()).isEqualTo(CardState.LOCKED);
    assertThat(outcome.standing().attemptsLeft()).isZero();
    assertThat(bank.seen).contains(Event.CARD_LOCKED);
    var asked = bank.token.verified.get();

    refused(Code.CARD_LOCKED, () -> bank.transfer(customer, "t-5"));
    refused(Code.CHALLENGE_SETTLED, () -> bank.answer(last, bank.printed(customer).answer(last)));

    assertThat(bank.token.verified).hasValue(asked);
  }

  @Test
  void aRightAnswerClearsTheCount() {
    bank.fail(customer, "t-1");
    bank.fail(customer, "t-2");

    var outcome = bank.pass(customer, "t-3");

    assertThat(outcome.standing().attemptsLeft()).isEqualTo(5);
    assertThat(bank.card(customer, 1).wrongAnswers()).isZero();
  }

  @Test
  void suspendedWhileAQuestionIsOpenTheAnswerNeverReachesTheToken() {
    var challenge = bank.transfer(customer, "t-1");
    bank.cards().suspend(Bank.OFFICE, customer, java.util.Optional.empty(), "lost");
    var asked = bank.token.verified.get();

    var outcome = bank.answer(challenge, bank.printed(customer).answer(challenge));

    assertThat(outcome).isInstanceOf(Refused.class);
    assertThat(outcome.standing().cardState()).isEqualTo(CardState.SUSPENDED);
    assertThat(bank.token.verified).hasValue(asked);
    refused(Code.CARD_SUSPENDED, () -> bank.transfer(customer, "t-2"));
  }

  @Test
  void aReplacedChallengeOfALockedCardSaysLocked() {
    var replaced = bank.transfer(customer, "t-0");
    for (var i = 1; i <= 5; i++) {
      bank.fail(customer, "t-" + i);
    }
    var asked = bank.token.verified.get();

    assertThat(bank.answer(replaced, bank.printed(customer).answer(replaced)))
        .isInstanceOf(Locked.class);

    assertThat(bank.token.verified).hasValue(asked);
  }

  @Test
  void anAnswerThatIsTooLateNeverReachesTheTokenAndIsNotCountedAsWrong() {
    var challenge = bank.transfer(customer, "t-1");
    bank.pass(Duration.ofMinutes(3));
    var asked = bank.token.verified.get();

    var outcome = bank.answer(challenge, bank.printed(customer).answer(challenge));

    assertThat(outcome).isInstanceOf(Expired.class);
    assertThat(bank.token.verified).hasValue(asked);
    assertThat(bank.card(customer, 1).wrongAnswers()).isZero();
    assertThat(bank.card(customer, 1).abandonedQuestions()).isEqualTo(1);
  }

  @Test
  void aTokenFaultIsNoVerdictAndIsNotCounted() {
    var challenge = bank.transfer(customer, "t-1");
    var wrong = bank.printed(customer).wrongAnswer(challenge);
    bank.token.beforeVerify.set(FakeJudgeToken.FAULT);

    assertThatThrownBy(() -> bank.answer(challenge, wrong)).isInstanceOf(GuardUnavailable.class);

    assertThat(bank.card(customer, 1).wrongAnswers()).isZero();
    assertThat(bank.seen).contains(Event.GUARD_FAULT);
    bank.token.beforeVerify.set(() -> {});
    assertThat(bank.answer(challenge, bank.printed(customer).answer(challenge)))
        .isInstanceOf(Passed.class);
  }

  @Test
  void aReceiptThatCannotBeSignedAcceptsNothing() {
    var challenge = bank.transfer(customer, "t-1");
    var key = bank.key();
    var right = bank.printed(customer).answer(challenge);
    bank.token.beforeSign.set(FakeJudgeToken.FAULT);

    assertThatThrownBy(() -> bank.challenges().answer(Bank.FRONT, challenge.id(), key, right))
        .isInstanceOf(GuardUnavailable.class);

    assertThat(bank.challenges().read(Bank.FRONT, challenge.id()).state())
        .isEqualTo(ChallengeState.OPEN);
    bank.token.beforeSign.set(() -> {});
    assertThat(bank.challenges().answer(Bank.FRONT, challenge.id(), key, right))
        .isInstanceOf(Passed.class);
  }

  @Test
  void theSameKeyAgainReturnsTheStoredVerdictAndReceiptAndSpendsNothing() {
    var challenge = bank.transfer(customer, "t-1");
    var key = bank.key();
    var right = bank.printed(customer).answer(challenge);
    var first = bank.challenges().answer(Bank.FRONT, challenge.id(), key, right);
    var asked = bank.token.verified.get();

    var again = bank.challenges().answer(Bank.FRONT, challenge.id(), key, right);

    assertThat(again).isEqualTo(first);
    assertThat(bank.token.verified).hasValue(asked);
  }

  @Test
  void theSameKeyOfAWrongAnswerStaysWrongWhateverIsSentWithIt() {
    var challenge = bank.transfer(customer, "t-1");
    var key = bank.key();
    var first =
        bank.challenges()
            .answer(Bank.FRONT, challenge.id(), key, bank.printed(customer).wrongAnswer(challenge));

    var again =
        bank.challenges()
            .answer(Bank.FRONT, challenge.id(), key, bank.printed(customer).answer(challenge));

    assertThat(again).isEqualTo(first).isInstanceOf(Wrong.class);
    assertThat(bank.card(customer, 1).wrongAnswers()).isEqualTo(1);
  }

  @Test
  void aKeyBelongsToOneChallengeAndOneCaller() {
    var first = bank.transfer(customer, "t-1");
    var key = bank.key();
    bank.challenges().answer(Bank.FRONT, first.id(), key, bank.printed(customer).answer(first));
    var second = bank.transfer(customer, "t-2");
    var asked = bank.token.verified.get();

    refused(
        Code.IDEMPOTENCY_CONFLICT,
        () ->
            bank.challenges()
                .answer(Bank.FRONT, second.id(), key, bank.printed(customer).answer(second)));
    refused(
        Code.CHALLENGE_SETTLED,
        () ->
            bank.challenges()
                .answer(Bank.OFFICE, first.id(), key, bank.printed(customer).answer(first)));

    assertThat(bank.token.verified).hasValue(asked);
    assertThat(bank.card(customer, 1).wrongAnswers()).isZero();
  }

  @Test
  void malformedAnswersAreRefusedAndNotCounted() {
    var challenge = bank.transfer(customer, "t-1");

    for (var choices :
        List.<List<List<Integer>>>of(
            List.of(),
            List.of(List.of(1)),
            List.of(List.of(1, 64)),
            List.of(List.of(1, -1)),
            List.of(List.of(1, 2, 3)),
            List.of(List.of(1, 2), List.of(1, 2)))) {
      refused(Code.INVALID_FIELD, () -> bank.answer(challenge, choices));
    }

    assertThat(bank.card(customer, 1).wrongAnswers()).isZero();
  }

  @Test
  void stepUpAsksTwoDrawsVerifiesBothAlwaysAndGivesOneOutcome() throws ParseException {
    var challenge = bank.challenges().create(Bank.FRONT, Bank.newTransfer(customer, "t-1", true));
    assertThat(challenge.questions()).hasSize(2);
    var card = bank.printed(customer);
    var right = card.answer(challenge);
    var firstWrong = List.of(card.wrongAnswer(challenge).getLast(), right.getLast());
    var asked = bank.token.verified.get();

    var wrong = bank.answer(challenge, firstWrong);

    assertThat(wrong).isInstanceOf(Wrong.class);
    assertThat(bank.token.verified).hasValue(asked + 2);
    assertThat(bank.card(customer, 1).wrongAnswers()).isEqualTo(1);
    var again = bank.challenges().create(Bank.FRONT, Bank.newTransfer(customer, "t-1", true));
    assertThat(QuestionContractTest.cells(again)).isEqualTo(QuestionContractTest.cells(challenge));
    var passed = bank.answer(again, card.answer(again));
    assertThat(passed).isInstanceOf(Passed.class);
    assertThat(passed.standing().drawsLeft()).isEqualTo(97);
    var receipt = SignedJWT.parse(((Passed) passed).receipt()).getJWTClaimsSet();
    assertThat(receipt.getIntegerClaim("draws")).isEqualTo(2);
    assertThat(receipt.getJWTID()).isEqualTo(again.id().value());
    assertThat(receipt.getStringClaim("txn_digest")).isEqualTo(again.transactionDigest());
  }

  @Test
  void unknownChallengesAreNotFound() {
    var unknown = new karuta.card.ChallengeId("AAAAAAAAAAAAAAAAAAAAAA");

    refused(
        Code.CHALLENGE_NOT_FOUND,
        () -> bank.challenges().answer(Bank.FRONT, unknown, bank.key(), List.of(List.of(1, 2))));
  }

  static void refused(Code code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo(code));
  }
}
