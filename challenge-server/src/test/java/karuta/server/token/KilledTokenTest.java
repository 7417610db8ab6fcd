package karuta.server.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
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
      new TokenSettings(6, Duration.ofMinutes(1), Duration.ofMillis(5), Duration.ofMillis(50));
  private static final int CUSTOMERS = 3;
  private static final int KILLS = 3;

  /// Transfers let begin for each time the token is killed: enough that it is killed in the middle of some, and few enough
  /// that no book of 100 draws comes to its end, however slow the killer is.
  private static final int AT_ONCE = 20;

  private static final int PASSED_BEFORE = 5;
  private static final int FAULTS_BEFORE = 20;
  private static final int ENOUGH = 10_000;

  private final Semaphore mayBegin = new Semaphore(0);
  private final Semaphore passed = new Semaphore(0);
  private final Semaphore faults = new Semaphore(0);
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
      var checkValue = tokens.agree(SoftHsmServer.EPOCH);
      tokens.verifier().receipts().make(1);
      var token =
          new VerifierAnswerToken(
              tokens.verifier(), List.of("receipt-1"), Map.of(SoftHsmServer.EPOCH, checkValue));
      var core = core(store, token);
      var customers =
          IntStream.range(0, CUSTOMERS)
              .mapToObj(i -> switchedOn(core, store, tokens, new Subject("customer-" + i)))
              .toList();
      var running =
          customers.stream().<Future<?>>map(one -> threads.submit(() -> transfers(one))).toList();
      try {
        for (var time = 0; time < KILLS; time++) {
          mayBegin.release(AT_ONCE);
          passed.acquire(PASSED_BEFORE);
          server.kill();
          faults.drainPermits();
          // whoever had no transfer under way begins one
          mayBegin.release(CUSTOMERS);
          faults.acquire(FAULTS_BEFORE);
          passed.drainPermits();
          server.startAgain();
          awaitFound(token);
          // the transfers under way must pass now
          passed.acquire();
        }
        mayBegin.release(PASSED_BEFORE);
        passed.acquire(PASSED_BEFORE);
      } finally {
        stop.set(true);
        mayBegin.release(CUSTOMERS);
      }
      for (var one : running) {
        one.get();
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

  /// Asks for the token until it is found; here nobody else does.
  private static void awaitFound(AnswerToken token) throws InterruptedException {
    while (true) {
      try {
        token.check();
        return;
      } catch (TokenUnavailable e) {
        if (Thread.interrupted()) {
          throw new InterruptedException("the token was not found again");
        }
        LockSupport.parkNanos(1_000_000);
      }
    }
  }

  /// Every transfer is answered right, and again with the same key until there is a verdict.
  private void transfers(Customer customer) {
    try {
      for (var i = 0; ; i++) {
        mayBegin.acquireUninterruptibly();
        var key = "transfer-" + i + "-" + customer.subject().value();
        while (!passes(customer, "t-" + i, key)) {
          if (stop.get()) {
            return;
          }
        }
        if (stop.get()) {
          return;
        }
      }
    } catch (Throwable failure) {
      // nobody waits in vain for more; the failure is what the future holds
      passed.release(ENOUGH);
      faults.release(ENOUGH);
      throw failure;
    }
  }

  private boolean passes(Customer customer, String reference, String key) {
    try {
      assertThat(customer.answers(reference, true, key)).isInstanceOf(Passed.class);
      passed.release();
      return true;
    } catch (TokenUnavailable e) {
      faults.release();
      return false;
    }
  }
}
