package karuta.server.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import karuta.card.Subject;
import karuta.client.Method;
import karuta.client.Unavailable;
import karuta.command.ExitCode;
import karuta.database.testing.TestDatabase;
import karuta.server.card.CardState;
import karuta.server.challenge.Outcome;
import karuta.server.crash.AnsweringCustomer.Habit;
import karuta.server.crash.CardHolder.Attempt;
import karuta.server.crash.GuardedBank.Deadlines;
import karuta.server.crash.GuardedBank.Verifier;
import karuta.server.model.Records;
import karuta.server.model.Told;
import karuta.server.model.Told.Asked;
import karuta.token.testing.Libraries;
import karuta.token.testing.SoftHsmServer;
import karuta.token.testing.TokenPair;
import karuta.v1.AnswerChallengeResponse;
import karuta.v1.OrderCardRequest;
import karuta.v1.SuspendCardRequest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// The token's process is stopped (SIGSTOP) while customers answer: nothing is closed, nothing replies. Questions,
/// orders and suspensions go on, also while answers wait; each answer is refused, and none is judged; the guard ends
/// and is started again, the server is not. When the token speaks again, the same answers get their verdicts, and what
/// was told is held against the store and the journal.
@ParameterizedClass
@EnumSource
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SilentTokenTest {
  /// The server gives an answer up before the guard ends; a request could wait for both.
  private static final Deadlines DEADLINES = new Deadlines(4, 3, 10);

  /// What is done while the guard's calls hang, and as often again when it has ended.
  private static final int ROUNDS = 3;

  private static final List<Habit> HABITS = List.of(Habit.GUESSES, Habit.ANSWERS, Habit.ANSWERS);

  /// Answers sent and replies heard that make a load.
  private static final int AT_WORK = 30;

  private static final long REST_NANOS = 3_000_000;

  private static SoftHsmServer token;
  private static TokenPair tokens;
  private static Verifier verifier;

  private final TestDatabase kind;
  private final Told told = new Told();
  private final Semaphore guardsEnds = new Semaphore(0);
  private @Nullable Future<Integer> supervisor;

  @TempDir private Path directory;

  SilentTokenTest(TestDatabase kind) {
    this.kind = kind;
  }

  @BeforeAll
  static void prepare() {
    token = SoftHsmServer.start();
    tokens = TokenPair.on(token);
    verifier = Verifier.of(Libraries.p11KitClient(), token.environment(), tokens);
  }

  @AfterAll
  static void close() {
    tokens.close();
  }

  /// An answer that was sent while the token was silent.
  private record Sent(
      CardHolder holder,
      Asked question,
      Attempt attempt,
      io.vertx.core.Future<AnswerChallengeResponse> reply) {
    static Sent of(CardHolder holder, boolean right) {
      var question = holder.transfer(1);
      var attempt = holder.attempts(question, right, 1).getFirst();
      return new Sent(holder, question, attempt, holder.send(question, attempt));
    }

    String card() {
      return question.card;
    }
  }

  @Test
  void allButAnswersGoesOnAndAfterwardsEachAnswerHasItsVerdict() throws Exception {
    var name = "silent-" + kind.name().toLowerCase(Locale.ROOT);
    var place = Files.createDirectory(directory.resolve(name));
    try (var supervising = Executors.newSingleThreadExecutor();
        var bank = new GuardedBank(place, kind, verifier, DEADLINES)) {
      var ending = supervising.submit(() -> bank.supervise(guardsEnds::release));
      supervisor = ending;
      var answering = holders(bank, "answering");
      var robbed = holders(bank, "robbed");
      var ordering = customers(bank, "ordering");
      var answers = new ArrayList<Sent>();
      var suspended = new ArrayList<Sent>();
      try (var load = new AnsweringCustomers(bank, told, HABITS, new Random(1))) {
        load.await(AT_WORK);
        token.fallSilent();
        try {
          var overtaken = false;
          for (var round = 0; round < 2 * ROUNDS; round++) {
            if (round == ROUNDS) {
              assertThat(overtaken).as("an answer waited, and nothing else did").isTrue();
              awaitGuardsEnd();
              awaitReadiness(bank, "not ready");
              assertThat(bank.readiness().getString("guard")).isEqualTo("down");
              assertThat(bank.readiness().getString("store")).isEqualTo("up");
            }
            answers.add(Sent.of(answering.get(round), round % 2 == 0));
            suspended.add(Sent.of(robbed.get(round), true));
            order(bank, ordering.get(round));
            suspend(bank, robbed.get(round).subject());
            overtaken |= answers.stream().anyMatch(sent -> !sent.reply().isComplete());
          }
          answers.forEach(SilentTokenTest::requireNoVerdict);
        } finally {
          token.goOn();
        }
        answers.forEach(this::requireItsVerdict);
        for (var sent : suspended) {
          assertThat(end(sent)).as(sent.card()).isInstanceOf(Outcome.Refused.class);
        }
        awaitReadiness(bank, "ready");
        load.startAnew();
        load.await(AT_WORK);
        load.finish();
      }
      var now = bank.comeToRest();
      assertThat(ending.get()).isEqualTo(ExitCode.DONE);
      bank.requireKept(told, now);
      answers.forEach(sent -> requireCounted(now, sent));
      suspended.forEach(sent -> requireSuspended(now, sent));
      assertThat(ordering).allMatch(subject -> stands(now, subject + "/1", CardState.ORDERED));
    }
  }

  private static List<Subject> customers(GuardedBank bank, String name) {
    var customers =
        IntStream.range(0, 2 * ROUNDS)
            .mapToObj(number -> new Subject("%s-%d".formatted(name, number)))
            .toList();
    customers.forEach(bank::register);
    return customers;
  }

  private void awaitGuardsEnd() throws Exception {
    while (!guardsEnds.tryAcquire(1, TimeUnit.SECONDS)) {
      requireGuard();
    }
  }

  /// Nobody waits for a guard that has ended for another reason than its token's silence.
  private void requireGuard() {
    var ended = Objects.requireNonNull(supervisor);
    if (ended.isDone()) {
      fail("nobody starts the guard again", ended.exceptionNow());
    }
  }

  private List<CardHolder> holders(GuardedBank bank, String name) {
    return IntStream.range(0, 2 * ROUNDS)
        .mapToObj(number -> CardHolder.of(bank, told, new Subject("%s-%d".formatted(name, number))))
        .peek(this::activate)
        .toList();
  }

  /// A busy machine may be too slow for the deadlines already here; then the same answer is sent again.
  private void activate(CardHolder holder) {
    var question = holder.activate();
    var attempt = holder.attempts(question, true, 1).getFirst();
    var sent = new Sent(holder, question, attempt, holder.send(question, attempt));
    assertThat(end(sent)).as(sent.card()).isInstanceOf(Outcome.Passed.class);
  }

  private static void order(GuardedBank bank, Subject subject) {
    bank.frontEnd()
        .call(Method.ORDER_CARD, OrderCardRequest.newBuilder().setSubject(subject.value()).build());
  }

  private static void suspend(GuardedBank bank, Subject subject) {
    bank.frontEnd()
        .call(
            Method.SUSPEND_CARD,
            SuspendCardRequest.newBuilder()
                .setSubject(subject.value())
                .setReason("the card was stolen")
                .build());
  }

  /// Refused for the moment, with the code that says so, and not as late or as one too many.
  private static void requireNoVerdict(Sent sent) {
    try {
      fail("%s was told %s by a silent token", sent.card(), sent.reply().await());
    } catch (Unavailable unavailable) {
      requireTokenUnavailable(unavailable);
    }
  }

  private static void requireTokenUnavailable(Unavailable unavailable) {
    assertThat(unavailable).hasMessageContaining("cannot answer: token_unavailable ");
    assertThat(unavailable.retryable()).isTrue();
    assertThat(unavailable.effectUnknown()).isFalse();
  }

  private void requireItsVerdict(Sent sent) {
    switch (end(sent)) {
      case Outcome.Passed _ -> assertThat(sent.attempt().right()).as(sent.card()).isTrue();
      case Outcome.Wrong _ -> assertThat(sent.attempt().right()).as(sent.card()).isFalse();
      case Outcome.Expired _, Outcome.Locked _, Outcome.Refused _ ->
          fail(sent.card() + " has no verdict");
    }
  }

  /// Sends the same answer under the same key until it is told its end.
  private Outcome end(Sent sent) {
    var reply = sent.reply();
    while (true) {
      try {
        return sent.holder().heard(sent.question(), sent.attempt(), reply.await());
      } catch (Unavailable unavailable) {
        requireTokenUnavailable(unavailable);
      }
      rest();
      reply = sent.holder().send(sent.question(), sent.attempt());
    }
  }

  private void awaitReadiness(GuardedBank bank, String status) {
    while (!bank.readiness().getString("status").equals(status)) {
      rest();
    }
  }

  private void rest() {
    if (Thread.interrupted()) {
      throw new AssertionError("waited in vain");
    }
    requireGuard();
    LockSupport.parkNanos(REST_NANOS);
  }

  private static void requireCounted(Records now, Sent sent) {
    var wrong = sent.attempt().right() ? 0 : 1;
    assertThat(now.card(sent.card()).orElseThrow().wrongInLife()).as(sent.card()).isEqualTo(wrong);
    assertThat(now.guarded(sent.card()).orElseThrow().failuresInLife())
        .as(sent.card())
        .isEqualTo(wrong);
  }

  private static void requireSuspended(Records now, Sent sent) {
    assertThat(stands(now, sent.card(), CardState.SUSPENDED)).as(sent.card()).isTrue();
    var judged = now.judgementOf(sent.question().view.id().value()).orElseThrow();
    assertThat(judged.verdict()).as(sent.card()).isEqualTo("UNANSWERED");
  }

  private static boolean stands(Records now, String card, CardState state) {
    return now.card(card).orElseThrow().state().equals(state.name());
  }
}
