package karuta.guard.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import karuta.database.testing.TestDatabase;
import karuta.guard.client.Guard;
import karuta.guard.client.GuardUnavailable;
import karuta.guard.client.Judgement.Verdict;
import karuta.guard.client.Question;
import karuta.guard.client.Reply.Judged;
import karuta.guard.journal.Caps;
import karuta.guard.testing.TestCard;
import karuta.guard.testing.TestGuards;
import karuta.guard.token.JudgeToken.Use;
import karuta.token.TokenSettings;
import karuta.token.testing.PlainInput;
import karuta.token.testing.SoftHsmServer;
import karuta.token.testing.TokenPair;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Right answers are judged without pause while the token's process is killed by SIGKILL and started again; guard,
/// journal and this process stay.
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class KilledTokenTest {
  private static final TokenSettings QUICK =
      new TokenSettings(6, Duration.ofMinutes(1), Duration.ofMillis(5), Duration.ofMillis(50));
  private static final int CARDS = 3;
  private static final int KILLS = 3;

  /// Answers let begin for each time the token is killed: enough that it is killed in the middle of some.
  private static final int AT_ONCE = 20;

  private static final int PASSED_BEFORE = 5;
  private static final int FAULTS_BEFORE = 20;

  private final Semaphore mayBegin = new Semaphore(0);
  private final Semaphore passed = new Semaphore(0);
  private final Semaphore faults = new Semaphore(0);
  private final AtomicInteger passes = new AtomicInteger();
  private final AtomicBoolean stop = new AtomicBoolean();
  private final AtomicReference<Throwable> failed = new AtomicReference<>();

  @Test
  void noRightAnswerIsJudgedWrongNothingIsChargedAndAnswersGoOn() throws Exception {
    var server = SoftHsmServer.start();
    try (var tokens = TokenPair.on(server, QUICK, InstantSource.system());
        var guards = new TestGuards(TestDatabase.SQLITE, Caps.standard());
        var threads = Executors.newFixedThreadPool(CARDS)) {
      var token = token(tokens);
      var guard = guards.open("guard-1", token);
      // the tags are made before: the token that makes them is killed as well
      var mine = Book.of(tokens, "customer");
      var books =
          IntStream.range(0, CARDS).mapToObj(i -> Book.of(tokens, "customer-" + i)).toList();
      var running =
          books.stream()
              .<Future<?>>map(book -> threads.submit(() -> answers(guard, book)))
              .toList();
      try {
        for (var time = 0; time < KILLS; time++) {
          mayBegin.release(AT_ONCE);
          await(passed, PASSED_BEFORE);
          server.kill();
          faults.drainPermits();
          assertNoVerdict(guard, mine.right().get(time));
          assertNoVerdict(guard, mine.wrong());
          // whoever had no answer under way begins one
          mayBegin.release(CARDS);
          await(faults, FAULTS_BEFORE);
          passed.drainPermits();
          server.startAgain();
          awaitFound(token);
          // the answers under way must pass now
          await(passed, 1);
          while (!passes(guard, mine.right().get(time))) {
            // sessions from before are found lost one by one
          }
        }
        mayBegin.release(PASSED_BEFORE);
        await(passed, PASSED_BEFORE);
      } finally {
        stop.set(true);
        mayBegin.release(CARDS);
      }
      for (var one : running) {
        one.get();
      }
      for (var book : Stream.concat(Stream.of(mine), books.stream()).toList()) {
        assertThat(guards.failures(book.card())).isZero();
        var wrong = (Judged) guard.judge(book.wrong());
        assertThat(wrong.judgement().verdict()).isEqualTo(Verdict.WRONG);
        assertThat(guards.failures(book.card())).isEqualTo(1);
      }
      assertThat(guards.rows())
          .as("each pass once, and one wrong answer of each card")
          .isEqualTo(passes.get() + CARDS + 1);
    }
  }

  /// A card, a right answer for each of its draws, and one wrong answer.
  private record Book(TestCard card, List<Question> right, Question wrong) {
    private static final int DRAWS = 100;

    static Book of(TokenPair tokens, String subject) {
      var card =
          new TestCard(
              subject, answer -> PlainInput.tag(tokens.issuer(), SoftHsmServer.EPOCH, answer));
      var right = IntStream.rangeClosed(1, DRAWS).mapToObj(card::right).toList();
      return new Book(card, right, card.wrong(DRAWS + 1));
    }
  }

  /// Asked for the first time while the token is gone, so that it is its verification that fails.
  private static void assertNoVerdict(Guard guard, Question question) {
    assertThatThrownBy(() -> guard.judge(question)).isInstanceOf(GuardUnavailable.class);
  }

  private static JudgeToken token(TokenPair tokens) {
    var checkValue = tokens.agree(SoftHsmServer.EPOCH);
    tokens.verifier().receipts().make(1);
    tokens.verifier().seals().make(1);
    return new VerifierJudgeToken(
        tokens.verifier(),
        Map.of(Use.RECEIPT, List.of("receipt-1"), Use.SEAL, List.of("seal-1")),
        Map.of(SoftHsmServer.EPOCH, checkValue),
        Duration.ofMinutes(1));
  }

  /// Waits for so many, unless one of those who make them has failed: then there may be no more.
  private void await(Semaphore permits, int number) throws InterruptedException {
    while (!permits.tryAcquire(number, 1, TimeUnit.SECONDS)) {
      var failure = failed.get();
      if (failure != null) {
        throw new AssertionError("an answer failed", failure);
      }
    }
  }

  /// Asks for the token until it is found; here nobody else does.
  private static void awaitFound(JudgeToken token) throws InterruptedException {
    while (true) {
      try {
        token.check();
        return;
      } catch (GuardUnavailable e) {
        if (Thread.interrupted()) {
          throw new InterruptedException("the token was not found again");
        }
        LockSupport.parkNanos(1_000_000);
      }
    }
  }

  /// Every answer is sent again, as it is, until there is a verdict.
  private void answers(Guard guard, Book book) {
    try {
      for (var question : book.right()) {
        mayBegin.acquireUninterruptibly();
        while (!passes(guard, question)) {
          if (stop.get()) {
            return;
          }
        }
        if (stop.get()) {
          return;
        }
      }
      throw new AssertionError("the book has come to its end");
    } catch (Throwable failure) {
      failed.set(failure);
      throw failure;
    }
  }

  private boolean passes(Guard guard, Question question) {
    try {
      var judged = (Judged) guard.judge(question);
      assertThat(judged.judgement().verdict()).isEqualTo(Verdict.RIGHT);
      assertThat(judged.receipt()).isPresent();
      passes.incrementAndGet();
      passed.release();
      return true;
    } catch (GuardUnavailable e) {
      faults.release();
      return false;
    }
  }
}
