package karuta.server.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import karuta.card.EpochId;
import karuta.card.Subject;
import karuta.database.testing.TestDatabase;
import karuta.guard.client.GuardUnavailable;
import karuta.guard.journal.Caps;
import karuta.server.audit.AuditEvent;
import karuta.server.card.CardRecord;
import karuta.server.card.CardState;
import karuta.server.challenge.ChallengeState;
import karuta.server.challenge.ChallengeView;
import karuta.server.challenge.Outcome;
import karuta.server.challenge.Outcome.Expired;
import karuta.server.challenge.Outcome.Passed;
import karuta.server.challenge.Outcome.Refused;
import karuta.server.challenge.Outcome.Wrong;
import karuta.server.challenge.Policy;
import karuta.server.store.Store;
import karuta.server.store.StoreBehind;
import karuta.server.testing.Bank;
import karuta.server.watch.Observer.Event;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// What the guard judged reaches the store, once, whatever became of the challenge meanwhile. The names are those of
/// the histories that the model was asked for (`docs/decisions/014-guard-model.md`); the guard's part of each is in
/// `JudgingTest`.
@ParameterizedClass
@EnumSource
class JudgedContractTest {
  private static final int SWEEP = 100;

  /// Waits for much before it locks or suspends a card.
  private static final Policy PATIENT =
      new Policy(
          100,
          100,
          100,
          1000,
          Duration.ofMinutes(3),
          10,
          true,
          false,
          new Policy.Watch(20, 100, 500));

  private final Bank bank;
  private final Subject customer;

  JudgedContractTest(TestDatabase database) {
    bank = Bank.open(database.fresh(Store.TABLES), Policy.standard());
    customer = bank.withActiveCard("customer-1");
  }

  @AfterEach
  void close() {
    bank.close();
  }

  private List<List<Integer>> right(ChallengeView challenge) {
    return bank.printed(customer).answer(challenge);
  }

  private List<List<Integer>> wrong(ChallengeView challenge) {
    return bank.printed(customer).wrongAnswer(challenge);
  }

  /// Runs once, after the token has verified and before the journal is written.
  private void meanwhile(Runnable happening) {
    bank.guards.afterVerify.set(
        () -> {
          bank.guards.afterVerify.set(() -> {});
          happening.run();
        });
  }

  /// A server that is killed between the guard's reply and what comes of it.
  private static void stopAfterJudging(
      Bank stopped, ChallengeView challenge, List<List<Integer>> answer) {
    stopped.afterJudged.set(
        () -> {
          throw new IllegalStateException("killed");
        });
    assertThatThrownBy(() -> stopped.answer(challenge, answer)).hasMessage("killed");
    stopped.afterJudged.set(() -> {});
  }

  private List<Integer> used() {
    return bank.cards().record(customer, bank.newest(customer).generation()).draws().stream()
        .filter(CardRecord.Draw::used)
        .map(draw -> draw.record().number())
        .toList();
  }

  private List<AuditEvent> events() {
    return bank.cards().audit(customer, 100, "").items().stream()
        .map(entry -> entry.event())
        .toList();
  }

  private ChallengeState state(ChallengeView challenge) {
    return bank.challenges().read(Bank.FRONT, challenge.id()).state();
  }

  @Test
  void replacedWhileJudgedAndRight() {
    var challenge = bank.transfer(customer, "t-1");
    var spent = used().size();
    var other =
        new Object() {
          Optional<ChallengeView> asked = Optional.empty();
        };
    meanwhile(() -> other.asked = Optional.of(bank.transfer(customer, "t-2")));

    var outcome = bank.answer(challenge, right(challenge));

    assertThat(outcome).as("nobody is told").isInstanceOf(Refused.class);
    assertThat(used()).as("the draw is used").hasSize(spent + 1);
    assertThat(events()).contains(AuditEvent.ANSWER_RIGHT_UNTOLD);
    assertThat(bank.seen).contains(Event.ANSWER_UNTOLD);
    assertThat(bank.card(customer, 1).abandonedQuestions())
        .as("it was answered after all")
        .isZero();
    var asked = other.asked.orElseThrow();
    assertThat(state(asked)).as("it asked the same draw").isEqualTo(ChallengeState.EXPIRED);
    assertThat(bank.answer(asked, right(asked))).isInstanceOf(Expired.class);
    assertThat(bank.pass(customer, "t-3")).isInstanceOf(Passed.class);
  }

  @Test
  void replacedWhileJudgedAndWrong() {
    var challenge = bank.transfer(customer, "t-1");
    meanwhile(() -> bank.transfer(customer, "t-2"));

    var outcome = bank.answer(challenge, wrong(challenge));

    assertThat(outcome).isInstanceOf(Refused.class);
    assertThat(bank.card(customer, 1).wrongAnswers()).isEqualTo(1);
    assertThat(events()).contains(AuditEvent.ANSWER_WRONG);
    assertThat(bank.pass(customer, "t-2")).isInstanceOf(Passed.class);
    assertThat(bank.card(customer, 1).wrongAnswers()).isZero();
  }

  @Test
  void aLateWrongAnswerLocksTheCardAsAnyOther() {
    for (var i = 0; i < 4; i++) {
      bank.fail(customer, "t-" + i);
    }
    var challenge = bank.transfer(customer, "t-4");
    meanwhile(() -> bank.transfer(customer, "t-5"));

    bank.answer(challenge, wrong(challenge));

    assertThat(bank.card(customer, 1).state()).isEqualTo(CardState.LOCKED);
    assertThat(bank.card(customer, 1).wrongAnswers()).isEqualTo(5);
    assertThat(events().getFirst()).isIn(AuditEvent.CARD_LOCKED);
    bank.challenges().close(SWEEP);
    bank.cards().unlock(Bank.OFFICE, customer, bank.newest(customer).generation(), "seen");
    assertThat(bank.pass(customer, "t-6")).isInstanceOf(Passed.class);
  }

  @Test
  void suspendedAndServerStoppedThenSwept() {
    var challenge = bank.transfer(customer, "t-1");
    stopAfterJudging(bank, challenge, wrong(challenge));
    bank.cards().suspend(Bank.OFFICE, customer, Optional.empty(), "lost");
    assertThat(bank.card(customer, 1).wrongAnswers()).isZero();

    assertThat(bank.challenges().close(SWEEP)).isEqualTo(1);
    assertThat(bank.challenges().close(SWEEP)).as("once").isZero();

    assertThat(bank.card(customer, 1).wrongAnswers()).isEqualTo(1);
    assertThat(bank.card(customer, 1).state()).isEqualTo(CardState.SUSPENDED);
  }

  @Test
  void aRetryAfterAServerStoppedIsToldWhatWasJudged() {
    var challenge = bank.transfer(customer, "t-1");
    stopAfterJudging(bank, challenge, right(challenge));
    var asked = bank.token.verified.get();

    var outcome = bank.answer(challenge, right(challenge));

    assertThat(outcome).isInstanceOf(Passed.class);
    assertThat(bank.token.verified).hasValue(asked);
    assertThat(used()).hasSize(2);
  }

  @Test
  void whatIsMoreThanOneReplyHoldsIsSettledByTheNext() {
    try (var patient = bank.another(bank.settings, PATIENT)) {
      for (var i = 0; i < 60; i++) {
        var challenge = patient.transfer(customer, "t-" + i);
        stopAfterJudging(patient, challenge, wrong(challenge));
      }
      var challenge = patient.transfer(customer, "the last");
      var answer = right(challenge);

      assertThatThrownBy(() -> patient.answer(challenge, answer))
          .isInstanceOf(GuardUnavailable.class)
          .hasMessageContaining("more than one reply holds");

      assertThat(patient.answer(challenge, answer)).isInstanceOf(Passed.class);
      assertThat(patient.card(customer, 1).wrongInLife()).isEqualTo(60);
      assertThat(patient.challenges().close(SWEEP)).isZero();
    }
  }

  @Test
  void aChallengeThatNobodyAnsweredIsClosedOnce() {
    var challenge = bank.transfer(customer, "t-1");
    bank.pass(Duration.ofMinutes(3));
    bank.challenges().sweep(SWEEP);
    var judged = bank.guards.rows();

    assertThat(bank.challenges().close(SWEEP)).isEqualTo(1);
    assertThat(bank.challenges().close(SWEEP)).isZero();

    assertThat(bank.guards.rows()).isEqualTo(judged + 1);
    assertThat(bank.card(customer, 1).abandonedQuestions()).isEqualTo(1);
    assertThat(bank.card(customer, 1).wrongAnswers()).isZero();
    assertThat(state(challenge)).isEqualTo(ChallengeState.EXPIRED);
  }

  @Test
  void closedWhileTheAnswerIsVerified() {
    var challenge = bank.transfer(customer, "t-1");
    meanwhile(
        () -> {
          bank.pass(Duration.ofMinutes(3));
          bank.challenges().sweep(SWEEP);
          bank.challenges().close(SWEEP);
        });

    assertThat(bank.answer(challenge, right(challenge))).isInstanceOf(Expired.class);

    assertThat(used()).as("the draw is not used").hasSize(1);
    assertThat(bank.pass(customer, "t-2")).isInstanceOf(Passed.class);
  }

  @Test
  void endingWaitsForNoGuard() {
    var challenge = bank.transfer(customer, "t-1");
    bank.token.beforeVerify.set(
        () -> {
          throw new GuardUnavailable("gone");
        });
    bank.token.up.set(false);

    bank.cards().suspend(Bank.OFFICE, customer, Optional.empty(), "lost");

    assertThat(state(challenge)).isEqualTo(ChallengeState.ABANDONED);
  }

  @Test
  void aDrawThatTheStoreHasForgottenIsUsedUpAndCountsNothing() {
    var first = bank.transfer(customer, "t-1");
    var passed = right(first);
    bank.answer(first, passed);
    var draw = used().getLast();
    forget(draw);

    var challenge = bank.transfer(customer, "t-2");
    assertThat(bank.answer(challenge, wrong(challenge))).isInstanceOf(Expired.class);

    assertThat(bank.seen).contains(Event.DRAW_SPENT);
    assertThat(used()).contains(draw);
    assertThat(bank.card(customer, 1).wrongAnswers()).isZero();
    assertThat(bank.card(customer, 1).abandonedQuestions()).isZero();
    assertThat(bank.pass(customer, "t-3")).isInstanceOf(Passed.class);
  }

  /// As after a mishap to one column: the draw is live again.
  private void forget(int draw) {
    var others = new BitSet();
    used().stream().filter(used -> used != draw).forEach(used -> others.set(used - 1));
    bank.tamper(
        "UPDATE card_states SET used_draws = ?, first_draw = ? WHERE subject = ?",
        others.toByteArray(),
        draw,
        customer.value());
  }

  @Test
  void aCardThatTheGuardCapsIsSuspended() {
    bank.guards.caps(new Caps(2, 100, 1000, 1000, 1000));
    try (var strict = bank.another(bank.settings, Policy.standard())) {
      strict.fail(customer, "t-1");
      strict.fail(customer, "t-2");
      var challenge = strict.transfer(customer, "t-3");

      var outcome = strict.answer(challenge, right(challenge));

      assertThat(outcome).isInstanceOf(Refused.class);
      assertThat(strict.card(customer, 1).state()).isEqualTo(CardState.SUSPENDED);
      assertThat(strict.card(customer, 1).reason()).contains("guard");
      assertThat(strict.seen).contains(Event.GUARD_CAPPED);
    }
  }

  /// The token's own limit: refused as the bank-wide cap is, counted nowhere, and the same answer is judged when it is
  /// lifted.
  @Test
  void aBookKeyAtTheTokensOwnLimitIsACapAndCountsNothing() {
    var challenge = bank.transfer(customer, "t-1");
    var rows = bank.guards.rows();
    bank.token.capped.add("book-e1");

    for (var answer : List.of(right(challenge), wrong(challenge))) {
      assertThatThrownBy(() -> bank.answer(challenge, answer))
          .isInstanceOf(GuardUnavailable.class)
          .hasMessage("the token's own limit on the uses of the book key is reached");
    }

    assertThat(bank.seen).contains(Event.GUARD_CAPPED).doesNotContain(Event.GUARD_FAULT);
    assertThat(bank.guards.rows()).isEqualTo(rows);
    assertThat(bank.card(customer, 1).wrongAnswers()).isZero();
    assertThat(bank.card(customer, 1).state()).isEqualTo(CardState.ACTIVE);
    bank.token.capped.clear();
    assertThat(bank.answer(challenge, right(challenge))).isInstanceOf(Passed.class);
  }

  @Test
  void aBookKeyAtTheTokensOwnLimitEndsNoOtherEpochsAnswers() {
    var newer = new EpochId("e2");
    bank.token.epochs.add(newer);
    bank.epoch.set(newer);
    var other = bank.withActiveCard("customer-of-e2");
    bank.token.capped.add("book-e1");
    var capped = bank.transfer(customer, "t-1");
    assertThatThrownBy(() -> bank.answer(capped, right(capped)))
        .isInstanceOf(GuardUnavailable.class);

    bank.fail(other, "t-2");
    bank.pass(other, "t-3");

    assertThat(bank.card(other, 1).wrongInLife()).isEqualTo(1);
    assertThat(bank.card(customer, 1).wrongInLife()).isZero();
  }

  @Test
  void anOldStoreHealsByRetry() {
    var challenge = bank.transfer(customer, "t-1");
    var old = bank.copy();
    var key = bank.key();
    var first = bank.challenges().answer(Bank.FRONT, challenge.id(), key, right(challenge));
    bank.putBack(old);

    var again = bank.challenges().answer(Bank.FRONT, challenge.id(), key, wrong(challenge));

    assertThat(first).isInstanceOf(Passed.class);
    assertThat(again).isInstanceOf(Passed.class);
    assertThat(used()).hasSize(2);
    assertThat(bank.guards.rows()).isEqualTo(2);
  }

  @Test
  void anOldStoreTellsNothing() {
    var old = bank.copy();
    bank.fail(customer, "t-1");
    bank.putBack(old);
    var challenge = bank.transfer(customer, "t-2");

    assertThatThrownBy(() -> bank.answer(challenge, right(challenge)))
        .isInstanceOf(StoreBehind.class);

    assertThat(state(challenge)).isEqualTo(ChallengeState.OPEN);
    assertThat(used()).hasSize(1);
  }

  /// The guard has nothing left to tell it what came after, whether it answers or closes.
  @Test
  void aStoreFromBeforeAFoldTellsNothing() {
    var old = bank.copy();
    bank.fail(customer, "t-1");
    bank.pass(Duration.ofDays(36));
    bank.withActiveCard("customer-2");
    assertThat(bank.guards.fold()).isPositive();
    bank.putBack(old);
    var challenge = bank.transfer(customer, "t-2");
    var rows = bank.guards.rows();

    for (var answer : List.of(right(challenge), wrong(challenge))) {
      assertThatThrownBy(() -> bank.answer(challenge, answer)).isInstanceOf(StoreBehind.class);
    }
    assertThat(state(challenge)).isEqualTo(ChallengeState.OPEN);
    assertThat(used()).hasSize(1);
    bank.pass(Duration.ofMinutes(4));
    bank.challenges().sweep(SWEEP);
    assertThatThrownBy(() -> bank.challenges().close(SWEEP)).isInstanceOf(StoreBehind.class);
    assertThat(bank.guards.rows()).isEqualTo(rows);
  }

  @Test
  void aCardThatTheStoreIsBehindWithKeepsNoOtherFromBeingClosed() {
    var other = bank.withActiveCard("customer-2");
    var old = bank.copy();
    bank.fail(customer, "t-1");
    bank.putBack(old);
    bank.transfer(customer, "t-2");
    bank.pass(Duration.ofMinutes(1));
    var judged = bank.transfer(other, "t-1");
    stopAfterJudging(bank, judged, bank.printed(other).wrongAnswer(judged));
    bank.pass(Duration.ofMinutes(3));
    bank.challenges().sweep(SWEEP);

    assertThatThrownBy(() -> bank.challenges().close(SWEEP)).isInstanceOf(StoreBehind.class);

    assertThat(bank.card(other, 1).wrongAnswers()).isEqualTo(1);
    assertThat(bank.card(customer, 1).wrongAnswers()).isZero();
  }

  @Test
  void aCallIsRefusedOnAnOldJournal() {
    var old = bank.guards.copy();
    bank.fail(customer, "t-1");
    bank.guards.putBack(old);

    try (var other = bank.another(bank.settings, Policy.standard())) {
      var challenge = other.transfer(customer, "t-2");
      for (var answer : List.of(right(challenge), wrong(challenge))) {
        assertThatThrownBy(() -> other.answer(challenge, answer))
            .isInstanceOf(GuardUnavailable.class);
      }
      assertThat(other.seen).contains(Event.JOURNAL_BEHIND);
      assertThat(other.card(customer, 1).wrongAnswers()).isEqualTo(1);
    }
  }

  @Test
  void twoServersWithAGuardEachSettleOneJudgement() {
    try (var other = bank.another(bank.settings, Policy.standard())) {
      var challenge = bank.transfer(customer, "t-1");
      var told =
          new Object() {
            Optional<Outcome> outcome = Optional.empty();
          };
      meanwhile(() -> told.outcome = Optional.of(other.answer(challenge, wrong(challenge))));

      assertThatThrownBy(() -> bank.answer(challenge, right(challenge)))
          .hasMessageContaining("has its verdict");

      assertThat(told.outcome).containsInstanceOf(Wrong.class);
      assertThat(bank.card(customer, 1).wrongAnswers()).isEqualTo(1);
    }
  }
}
