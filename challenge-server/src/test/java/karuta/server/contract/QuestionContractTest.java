package karuta.server.contract;

import static karuta.server.contract.AnswerContractTest.refused;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import karuta.card.Cell;
import karuta.card.Generation;
import karuta.card.PictureId;
import karuta.card.Profile;
import karuta.card.Subject;
import karuta.database.testing.TestDatabase;
import karuta.server.card.CardState;
import karuta.server.card.Refusal.Code;
import karuta.server.challenge.ChallengeState;
import karuta.server.challenge.ChallengeView;
import karuta.server.challenge.ChallengeView.AskedCell;
import karuta.server.challenge.Outcome;
import karuta.server.challenge.Outcome.Passed;
import karuta.server.challenge.Policy;
import karuta.server.store.Store;
import karuta.server.testing.Bank;
import karuta.server.watch.Observer.Event;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
class QuestionContractTest {
  private final Bank bank;
  private final Subject customer;

  QuestionContractTest(TestDatabase database) {
    bank = Bank.open(database.fresh(Store.TABLES), Policy.standard());
    customer = bank.withActiveCard("customer-1");
  }

  @AfterEach
  void close() {
    bank.close();
  }

  @Test
  void theSameTransactionGivesTheSameChallenge() {
    var first = bank.transfer(customer, "t-1");

    assertThat(bank.transfer(customer, "t-1")).isEqualTo(first);
    assertThat(bank.challenges().read(Bank.FRONT, first.id())).isEqualTo(first);
    assertThat(bank.card(customer, 1).abandonedQuestions()).isZero();
  }

  @Test
  void anotherTransactionReplacesTheChallengeAndAsksTheSameCellsWithTheSamePalettes() {
    var first = bank.transfer(customer, "t-1");

    var second = bank.transfer(customer, "t-2");

    assertThat(second.id()).isNotEqualTo(first.id());
    assertThat(cells(second)).isEqualTo(cells(first));
    assertThat(palettes(second)).isEqualTo(palettes(first));
    assertThat(bank.challenges().read(Bank.FRONT, first.id()).state())
        .isEqualTo(ChallengeState.ABANDONED);
    assertThat(bank.challenges().read(Bank.FRONT, first.id()).questions()).isEmpty();
    assertThat(bank.card(customer, 1).abandonedQuestions()).isEqualTo(1);
  }

  @Test
  void theOrderOnScreenIsOfOneChallengeAlone() {
    var first = bank.transfer(customer, "t-1");
    var second = bank.transfer(customer, "t-2");

    assertThat(shown(second)).isNotEqualTo(shown(first));
  }

  @Test
  void theQuestionIsTheSameTheNextDay() {
    var first = bank.transfer(customer, "t-1");
    bank.pass(Duration.ofDays(1));

    assertThat(cells(bank.transfer(customer, "t-1"))).isEqualTo(cells(first));
    assertThat(bank.challenges().read(Bank.FRONT, first.id()).state())
        .isEqualTo(ChallengeState.EXPIRED);
  }

  @Test
  void anExpiredChallengeShowsNoQuestionBeforeAnybodyNotesIt() {
    var first = bank.transfer(customer, "t-1");
    bank.pass(Duration.ofMinutes(3));

    var read = bank.challenges().read(Bank.FRONT, first.id());

    assertThat(read.state()).isEqualTo(ChallengeState.EXPIRED);
    assertThat(read.questions()).isEmpty();
  }

  @Test
  void aUsedDrawIsNeverAskedAgainAndARoundAsksEveryCellOnce() {
    Set<Set<Cell>> asked = new HashSet<>();
    for (var round = 0; round < 4; round++) {
      Set<Cell> cells = new HashSet<>();
      for (var i = 0; i < 25; i++) {
        if (round == 0 && i == 0) {
          cells.addAll(bankActivationCells());
          asked.add(Set.copyOf(bankActivationCells()));
          continue;
        }
        var challenge = bank.transfer(customer, "t-" + round + "-" + i);
        assertThat(asked.add(Set.copyOf(cells(challenge).getFirst()))).isTrue();
        assertThat(cells.addAll(cells(challenge).getFirst())).isTrue();
        assertThat(bank.answer(challenge, bank.printed(customer, 1).answer(challenge)))
            .isInstanceOf(Passed.class);
      }
      assertThat(cells).hasSize(50);
    }
    refused(Code.BOOK_EXHAUSTED, () -> bank.transfer(customer, "t-end"));
  }

  @Test
  void renewalIsOrderedOnceWhenTheBookRunsLow() {
    var outcome = bank.pass(customer, "t-0");
    for (var i = 1; outcome.standing().drawsLeft() > 11; i++) {
      outcome = bank.pass(customer, "t-" + i);
      assertThat(outcome.standing().renewalDue()).isFalse();
    }
    assertThat(bank.cards().subject(customer).cards()).hasSize(1);

    var challenge = bank.transfer(customer, "due");
    outcome = bank.answer(challenge, bank.printed(customer, 1).answer(challenge));

    assertThat(outcome.standing().renewalDue()).isTrue();
    assertThat(bank.newest(customer).state()).isEqualTo(CardState.ORDERED);
    challenge = bank.transfer(customer, "due-2");
    bank.answer(challenge, bank.printed(customer, 1).answer(challenge));
    assertThat(bank.cards().subject(customer).cards()).hasSize(2);
  }

  @Test
  void tooManyAbandonedQuestionsSuspendTheCardAndRaiseAnAlarm() {
    for (var i = 0; i < 10; i++) {
      bank.transfer(customer, "t-" + i);
    }

    refused(Code.CARD_SUSPENDED, () -> bank.transfer(customer, "t-10"));

    assertThat(bank.card(customer, 1).state()).isEqualTo(CardState.SUSPENDED);
    assertThat(bank.card(customer, 1).abandonedQuestions()).isEqualTo(10);
    assertThat(bank.seen).contains(Event.CARD_SUSPENDED);
  }

  @Test
  void theSweeperCountsWhatExpiredAndARightAnswerClearsTheCount() {
    bank.transfer(customer, "t-1");
    assertThat(bank.challenges().sweep(100)).isZero();
    bank.pass(Duration.ofMinutes(3));

    assertThat(bank.challenges().sweep(100)).isEqualTo(1);
    assertThat(bank.challenges().sweep(100)).isZero();

    assertThat(bank.card(customer, 1).abandonedQuestions()).isEqualTo(1);
    bank.pass(customer, "t-2");
    assertThat(bank.card(customer, 1).abandonedQuestions()).isZero();
  }

  @Test
  void askingForStepUpReplacesASingleQuestionAndItsSecondDrawStaysLive() {
    var single = bank.transfer(customer, "t-1");
    var both = bank.challenges().create(Bank.FRONT, Bank.newTransfer(customer, "t-1", true));
    assertThat(both.id()).isNotEqualTo(single.id());
    assertThat(cells(both).getFirst()).isEqualTo(cells(single).getFirst());
    assertThat(cells(both).get(1)).doesNotContainAnyElementsOf(cells(both).getFirst());
    assertThat(bank.transfer(customer, "t-1")).isEqualTo(both);

    assertThat(bank.pass(customer, "t-2")).isInstanceOf(Passed.class);

    assertThat(cells(bank.transfer(customer, "t-3"))).isEqualTo(List.of(cells(both).get(1)));
  }

  @Test
  void aStepUpThatTheBookCannotFillIsRefusedAndNotAskedByHalf() {
    var outcome = passWithTheFirstCard("t-0");
    for (var i = 1; outcome.standing().drawsLeft() > 1; i++) {
      outcome = passWithTheFirstCard("t-" + i);
    }
    assertThat(outcome.standing().renewalDue()).isTrue();

    refused(
        Code.BOOK_EXHAUSTED,
        () -> bank.challenges().create(Bank.FRONT, Bank.newTransfer(customer, "both", true)));

    assertThat(passWithTheFirstCard("last")).isInstanceOf(Passed.class);
  }

  /// Another is ordered meanwhile.
  private Outcome passWithTheFirstCard(String reference) {
    var challenge = bank.transfer(customer, reference);
    return bank.answer(challenge, bank.printed(customer, 1).answer(challenge));
  }

  @Test
  void theNistProfileAsksFourCellsAndHasTwelveQuestions() {
    var careful = bank.withActiveCard("customer-2", Profile.NIST_800_63B);

    var challenge = bank.transfer(careful, "t-1");

    assertThat(cells(challenge).getFirst()).hasSize(4);
    assertThat(challenge.drawsLeft()).isEqualTo(10);
    assertThat(challenge.renewalDue()).isFalse();
  }

  private List<Cell> bankActivationCells() {
    var record = bank.cards().record(customer, new Generation(1));
    return record.draws().stream()
        .filter(draw -> draw.used())
        .findFirst()
        .orElseThrow()
        .record()
        .cells();
  }

  static List<List<Cell>> cells(ChallengeView challenge) {
    return challenge.questions().stream()
        .map(question -> question.cells().stream().map(AskedCell::cell).toList())
        .toList();
  }

  private static List<Set<PictureId>> palettes(ChallengeView challenge) {
    return shown(challenge).stream().map(Set::copyOf).toList();
  }

  private static List<List<PictureId>> shown(ChallengeView challenge) {
    return challenge.questions().stream()
        .flatMap(question -> question.cells().stream())
        .map(AskedCell::choices)
        .toList();
  }
}
