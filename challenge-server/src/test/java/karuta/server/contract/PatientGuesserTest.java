package karuta.server.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import karuta.card.Generation;
import karuta.card.Profile;
import karuta.card.Subject;
import karuta.database.testing.TestDatabase;
import karuta.server.card.CardState;
import karuta.server.card.Refusal;
import karuta.server.challenge.Policy;
import karuta.server.store.Store;
import karuta.server.testing.Bank;
import karuta.server.watch.Observer.Event;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// A guesser with time slips guesses in between the customer's own right answers, always one less than would lock the
/// card.
@ParameterizedClass
@EnumSource
class PatientGuesserTest {
  private static final Policy POLICY = Policy.standard();
  private static final double ONE_DRAW = 1.0 / (64 * 64);

  private final Bank bank;
  private final Subject customer;

  PatientGuesserTest(TestDatabase database) {
    bank = Bank.open(database.fresh(Store.TABLES), POLICY);
    customer = bank.withActiveCard("customer-1");
  }

  @AfterEach
  void close() {
    bank.close();
  }

  /// Prints the chances that docs/threat-model.md names.
  @Test
  void heIsAskedTwoDrawsAfterTenGuessesAndLockedOutAfterThirty() {
    var single = 0;
    var stepUp = 0;
    for (var round = 0; state() == CardState.ACTIVE; round++) {
      for (var guess = 1; guess < POLICY.wrongLimit() && state() == CardState.ACTIVE; guess++) {
        var challenge = bank.transfer(customer, "guess-" + round + "-" + guess);
        if (challenge.questions().size() == 1) {
          single++;
        } else {
          stepUp++;
        }
        bank.answer(challenge, bank.printed(customer, 1).wrongAnswer(challenge));
      }
      if (state() == CardState.ACTIVE) {
        var own = bank.transfer(customer, "own-" + round);
        bank.answer(own, bank.printed(customer, 1).answer(own));
      }
    }

    assertThat(single).isEqualTo(POLICY.stepUpAt());
    assertThat(single + stepUp).isEqualTo(POLICY.lifeLimit());
    assertThat(state()).isEqualTo(CardState.LOCKED);
    assertThat(bank.seen).filteredOn(Event.CARD_STEPPED_UP::equals).hasSize(1);
    assertThat(bank.seen).filteredOn(Event.CARD_LOCKED::equals).hasSize(1);
    var chance = 1 - Math.pow(1 - ONE_DRAW, single) * Math.pow(1 - ONE_DRAW * ONE_DRAW, stepUp);
    var before = 1 - Math.pow(1 - ONE_DRAW, 100.0 * (POLICY.wrongLimit() - 1));
    System.out.printf(
        Locale.ROOT,
        "a patient guesser: %d guesses at one draw, %d at two, right once in %.2f %%; without the count of a card's life %.1f %%%n",
        single,
        stepUp,
        100 * chance,
        100 * before);
    assertThat(chance).isLessThan(0.0025);
  }

  @Test
  void aCardThatIsSteppedUpIsToBeReplacedBeforeItIsLocked() {
    for (var wrong = 0; wrong < POLICY.stepUpAt(); wrong++) {
      if (wrong > 0 && wrong % (POLICY.wrongLimit() - 1) == 0) {
        assertThat(bank.pass(customer, "own-" + wrong).standing().renewalDue()).isFalse();
      }
      bank.fail(customer, "t-" + wrong);
    }

    assertThat(bank.pass(customer, "own").standing().renewalDue()).isTrue();
    assertThat(bank.card(customer, 2).state()).as("ordered").isEqualTo(CardState.ORDERED);
  }

  /// Five in a row, unlocked, five in a row: the tenth both locks the card and steps it up.
  @Test
  void theTenthIsToldThoughItLocksTheCardAsWell() {
    for (var wrong = 0; wrong < POLICY.stepUpAt(); wrong++) {
      if (state() == CardState.LOCKED) {
        bank.cards().unlock(Bank.OFFICE, customer, new Generation(1), "it was he");
      }
      bank.fail(customer, "t-" + wrong);
    }

    assertThat(state()).isEqualTo(CardState.LOCKED);
    assertThat(bank.seen).contains(Event.CARD_STEPPED_UP);
  }

  @Test
  void aRightAnswerIsNoneOfTheWrongOnesOfALife() {
    bank.fail(customer, "t-1");
    bank.pass(customer, "t-2");
    bank.pass(customer, "t-3");

    assertThat(bank.card(customer, 1).wrongInLife()).isEqualTo(1);
    assertThat(bank.card(customer, 1).wrongAnswers()).isZero();
  }

  @Test
  void aCardThatIsLockedForGoodIsNotUnlockedButReplaced() {
    for (var wrong = 0; wrong < POLICY.lifeLimit(); wrong++) {
      bank.fail(customer, "t-" + wrong);
      if (state() == CardState.LOCKED && wrong + 1 < POLICY.lifeLimit()) {
        bank.cards().unlock(Bank.OFFICE, customer, new Generation(1), "it was he");
      }
    }

    assertThat(state()).isEqualTo(CardState.LOCKED);
    assertThatThrownBy(
            () -> bank.cards().unlock(Bank.OFFICE, customer, new Generation(1), "once more"))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("replace it");
    assertThat(bank.cards().order(Bank.OFFICE, customer, Profile.STANDARD).cards()).hasSize(2);
  }

  private CardState state() {
    return bank.card(customer, 1).state();
  }
}
