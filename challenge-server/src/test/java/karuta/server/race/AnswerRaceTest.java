package karuta.server.race;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import karuta.card.Subject;
import karuta.database.testing.TestDatabase;
import karuta.server.card.CardState;
import karuta.server.card.Refusal;
import karuta.server.card.Refusal.Code;
import karuta.server.challenge.ChallengeView;
import karuta.server.challenge.Outcome;
import karuta.server.challenge.Outcome.Locked;
import karuta.server.challenge.Outcome.Passed;
import karuta.server.challenge.Outcome.Refused;
import karuta.server.challenge.Outcome.Wrong;
import karuta.server.challenge.Policy;
import karuta.server.store.Store;
import karuta.server.testing.Bank;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// Many callers at once, through two servers on one database.
@ParameterizedClass
@EnumSource
class AnswerRaceTest {
  private static final int CALLERS = 24;

  private final Bank one;
  private final Bank two;
  private final Subject customer;

  AnswerRaceTest(TestDatabase database) {
    var settings = database.fresh(Store.TABLES);
    one = Bank.open(settings, Policy.standard());
    customer = one.withActiveCard("customer-1");
    two = one.another(settings, Policy.standard());
  }

  @AfterEach
  void close() {
    one.close();
    two.close();
  }

  @RepeatedTest(5)
  void parallelRightAnswersHaveOneWinner() throws InterruptedException {
    var challenge = one.transfer(customer, "t-1");
    var right = one.printed(customer).answer(challenge);
    var before = one.guards.rows();

    var ends = atOnce(i -> answer(i, challenge, right));

    assertThat(ends).filteredOn(Passed.class::isInstance).hasSize(1);
    assertThat(ends).filteredOn(Code.CHALLENGE_SETTLED::equals).hasSize(CALLERS - 1);
    assertThat(one.guards.rows()).as("judged").isEqualTo(before + 1);
  }

  @Test
  void parallelGuessesToOneChallengeBuyOneGuess() throws InterruptedException {
    var challenge = one.transfer(customer, "t-1");
    var wrong = one.printed(customer).wrongAnswer(challenge);
    var before = one.guards.rows();

    var ends = atOnce(i -> answer(i, challenge, wrong));

    assertThat(ends).filteredOn(Wrong.class::isInstance).hasSize(1);
    assertThat(one.guards.rows()).as("judged").isEqualTo(before + 1);
    assertThat(one.card(customer, 1).wrongAnswers()).isEqualTo(1);
  }

  @Test
  void guessersWhoOpenAndAnswerAsFastAsTheyCanGetNoMoreGuessesThanTheLimit()
      throws InterruptedException {
    var ends =
        atOnce(
            i -> {
              var bank = i % 2 == 0 ? one : two;
              var challenge = bank.transfer(customer, "same");
              return bank.answer(challenge, bank.printed(customer).wrongAnswer(challenge));
            });
    for (var i = 0; i < 5 && one.newest(customer).state() == CardState.ACTIVE; i++) {
      ends.addAll(
          atOnce(
              n -> {
                var bank = n % 2 == 0 ? one : two;
                var challenge = bank.transfer(customer, "same");
                return bank.answer(challenge, bank.printed(customer).wrongAnswer(challenge));
              }));
    }

    assertThat(ends).filteredOn(Wrong.class::isInstance).hasSize(5);
    assertThat(one.guards.failures(customer)).isEqualTo(5);
    assertThat(one.newest(customer).state()).isEqualTo(CardState.LOCKED);
  }

  @Test
  void theSameKeyInParallelGivesEverybodyTheOneVerdict() throws InterruptedException {
    var challenge = one.transfer(customer, "t-1");
    var right = one.printed(customer).answer(challenge);
    var key = one.key();
    var before = one.guards.rows();

    var ends =
        atOnce(
            i ->
                (i % 2 == 0 ? one : two)
                    .challenges()
                    .answer(Bank.FRONT, challenge.id(), key, right));

    assertThat(ends).hasSize(CALLERS).hasOnlyElementsOfType(Passed.class);
    assertThat(List.copyOf(new java.util.HashSet<>(ends))).hasSize(1);
    assertThat(one.guards.rows()).as("judged").isEqualTo(before + 1);
  }

  @Test
  void oneKeyForTwoChallengesInParallelGivesOneVerdict() throws InterruptedException {
    var other = one.withActiveCard("customer-2");
    two.adopt(one);
    var first = one.transfer(customer, "t-1");
    var second = one.transfer(other, "t-1");
    var key = one.key();

    var ends =
        atOnce(
            i -> {
              var challenge = i % 2 == 0 ? first : second;
              var card = one.printed(i % 2 == 0 ? customer : other);
              return (i % 2 == 0 ? one : two)
                  .challenges()
                  .answer(Bank.FRONT, challenge.id(), key, card.answer(challenge));
            });

    assertThat(ends).filteredOn(Passed.class::isInstance).hasSize(CALLERS / 2);
    assertThat(ends).filteredOn(Code.IDEMPOTENCY_CONFLICT::equals).hasSize(CALLERS / 2);
  }

  @Test
  void aRightAnswerAndASuspensionInParallelNeverBothLeaveTheCardInUse()
      throws InterruptedException {
    var challenge = one.transfer(customer, "t-1");
    var right = one.printed(customer).answer(challenge);

    var ends =
        atOnce(
            i -> {
              if (i == 0) {
                two.cards().suspend(Bank.OFFICE, customer, java.util.Optional.empty(), "copied");
                return new Refused(new Outcome.Standing(CardState.SUSPENDED, 0, 0, false));
              }
              return answer(i, challenge, right);
            });

    assertThat(one.newest(customer).state()).isEqualTo(CardState.SUSPENDED);
    assertThat(ends).filteredOn(Passed.class::isInstance).hasSizeLessThan(2);
    assertThat(ends).doesNotHaveAnyElementsOfTypes(Locked.class, Wrong.class);
  }

  private Outcome answer(int i, ChallengeView challenge, List<List<Integer>> choices) {
    return (i % 2 == 0 ? one : two).answer(challenge, choices);
  }

  private interface Call {
    Outcome make(int i);
  }

  /// Starts all callers together; gives each one's outcome, or the code it was refused with.
  private static List<Object> atOnce(Call call) throws InterruptedException {
    var start = new CountDownLatch(1);
    var ends = new ArrayList<Object>();
    try (var threads = Executors.newFixedThreadPool(CALLERS)) {
      var running = new ArrayList<Future<Outcome>>();
      for (var i = 0; i < CALLERS; i++) {
        var caller = i;
        Callable<Outcome> task =
            () -> {
              start.await();
              return call.make(caller);
            };
        running.add(threads.submit(task));
      }
      start.countDown();
      for (var future : running) {
        ends.add(end(future));
      }
    }
    return ends;
  }

  private static Object end(Future<Outcome> future) throws InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Refusal refusal) {
        return refusal.code();
      }
      throw new AssertionError(e.getCause());
    }
  }
}
