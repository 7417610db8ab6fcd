package karuta.server.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import karuta.card.Subject;
import karuta.server.Core;
import karuta.server.card.CardState;
import karuta.server.challenge.IdempotencyKey;
import karuta.server.challenge.NewChallenge;
import karuta.server.challenge.Outcome;
import karuta.server.challenge.Outcome.Passed;
import karuta.server.challenge.Outcome.Wrong;
import karuta.server.challenge.Policy;
import karuta.server.challenge.Purpose;
import karuta.server.challenge.Transaction;
import karuta.server.store.Store;
import karuta.server.testing.Bank;
import karuta.server.testing.PrintedCard;
import karuta.server.testing.TestDatabase;
import karuta.server.testing.TestTime;
import karuta.token.TokenSettings;
import karuta.token.testing.SoftHsmServer;
import karuta.token.testing.TokenPair;
import org.junit.jupiter.api.Test;

/// Customers transfer money without pause while the token's process is killed by SIGKILL and started again; domain, store and
/// this process stay.
class KilledTokenTest {
  private static final TokenSettings QUICK =
      new TokenSettings(6, Duration.ofSeconds(5), Duration.ofMillis(5), Duration.ofMillis(50));
  private static final int CUSTOMERS = 3;
  private static final int TRANSFERS = 95;

  private final AtomicInteger passed = new AtomicInteger();
  private final AtomicInteger faults = new AtomicInteger();
  private final AtomicBoolean stop = new AtomicBoolean();

  private record Customer(Core core, Subject subject, PrintedCard card) {
    Outcome answers(String reference, boolean right, String key) {
      var challenge =
          core.challenges()
              .create(
                  Bank.FRONT,
                  new NewChallenge(
                      subject,
                      Purpose.TRANSFER,
                      new Transaction(reference, "山田 花子", "10000", "JPY", List.of()),
                      false));
      var choices = right ? card.answer(challenge) : card.wrongAnswer(challenge);
      return core.challenges().answer(Bank.FRONT, challenge.id(), new IdempotencyKey(key), choices);
    }
  }

  @Test
  void noRightAnswerIsJudgedWrongNoAttemptIsChargedAndAnswersGoOn() throws Exception {
    var server = SoftHsmServer.start();
    try (var tokens = TokenPair.on(server, QUICK, InstantSource.system());
        var store = Store.open(TestDatabase.SQLITE.fresh());
        var threads = Executors.newFixedThreadPool(CUSTOMERS)) {
      tokens.agree(SoftHsmServer.EPOCH);
      tokens.verifier().signing().make(1);
      var token = new VerifierAnswerToken(tokens.verifier(), List.of("receipt-1"));
      var core = core(store, token);
      var customers =
          IntStream.range(0, CUSTOMERS)
              .mapToObj(i -> switchedOn(core, store, tokens, new Subject("customer-" + i)))
              .toList();
      var running =
          customers.stream().<Future<?>>map(one -> threads.submit(() -> transfers(one))).toList();
      try {
        for (var time = 0; time < 3; time++) {
          awaitMore(passed, 5, running);
          server.kill();
          awaitMore(faults, 20, running);
          server.startAgain();
          SoftHsmServer.await("the token to be found again", () -> found(token));
        }
        awaitMore(passed, 5, running);
      } finally {
        stop.set(true);
      }
      for (var one : running) {
        one.get(60, TimeUnit.SECONDS);
      }
      for (var one : customers) {
        var card = core.cards().subject(one.subject()).cards().getFirst();
        assertThat(card.state()).isEqualTo(CardState.ACTIVE);
        assertThat(card.wrongAnswers()).isZero();
        assertThat(one.answers("last", false, "wrong-" + one.subject().value()))
            .isInstanceOf(Wrong.class);
      }
    }
  }

  private static Core core(Store store, AnswerToken token) {
    return Core.of(
        new Core.Parts(
            store,
            token,
            Policy.standard(),
            "test bank",
            new TestTime(),
            new SecureRandom(),
            event -> {}));
  }

  private static Customer switchedOn(Core core, Store store, TokenPair tokens, Subject subject) {
    var card = SoftHsmTest.mail(core, store, tokens, subject);
    var challenge = core.challenges().activate(Bank.FRONT, subject, true);
    assertThat(
            core.challenges()
                .answer(
                    Bank.FRONT,
                    challenge.id(),
                    new IdempotencyKey("switch-" + subject.value()),
                    card.answer(challenge)))
        .isInstanceOf(Passed.class);
    return new Customer(core, subject, card);
  }

  /// Every transfer is answered right, and again with the same key until there is a verdict.
  private void transfers(Customer customer) {
    for (var i = 0; i < TRANSFERS && !stop.get(); i++) {
      var key = "transfer-" + i + "-" + customer.subject().value();
      while (!stop.get()) {
        try {
          assertThat(customer.answers("t-" + i, true, key)).isInstanceOf(Passed.class);
          passed.incrementAndGet();
          break;
        } catch (TokenUnavailable e) {
          faults.incrementAndGet();
        }
      }
    }
  }

  private static boolean found(AnswerToken token) {
    try {
      token.check();
      return true;
    } catch (TokenUnavailable e) {
      return false;
    }
  }

  /// Waits until something was counted so often again, or a customer has given up.
  private static void awaitMore(AtomicInteger count, int more, List<Future<?>> running) {
    var enough = count.get() + more;
    SoftHsmServer.await(
        "more outcomes", () -> count.get() >= enough || running.stream().anyMatch(Future::isDone));
  }
}
