package karuta.guard.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import karuta.database.Database;
import karuta.database.DatabaseSettings;
import karuta.database.testing.TestDatabase;
import karuta.guard.client.Guard;
import karuta.guard.client.GuardUnavailable;
import karuta.guard.client.Head;
import karuta.guard.client.Judgement;
import karuta.guard.client.Judgement.Verdict;
import karuta.guard.client.Question;
import karuta.guard.client.Reply.Judged;
import karuta.guard.client.Reply.Reason;
import karuta.guard.client.Reply.Refused;
import karuta.guard.client.SocketGuard;
import karuta.guard.journal.Caps;
import karuta.guard.journal.Journal;
import karuta.guard.testing.TestCard;
import karuta.guard.upkeep.JournalCheck;
import karuta.testing.ChildJvm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// The guard is killed (SIGKILL) again and again while callers have answers judged, and what it told is compared with
/// what is on disk: every verdict, none twice, and nothing counted that the rows do not say.
///
/// Callers do as servers do: what has no reply is sent again, or recalled.
@ParameterizedClass
@EnumSource
@Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class JudgeCrashTest {
  static final Caps CAPS = new Caps(100, 100, 1_000_000, 1_000_000, 1_000_000);

  private static final int KILLS = Integer.getInteger("karuta.crash.kills", 10);
  private static final long SEED = 20_260_105;
  private static final int CALLERS = 4;
  private static final int MOST_BETWEEN = 150;

  /// Of each card: fewer than may be wrong in its life, and so few draws that some are asked again.
  private static final int ASKED = 90;

  private static final int DRAWS = 60;
  private static final Duration LONG = Duration.ofMinutes(4);

  private final TestDatabase kind;
  private final DatabaseSettings settings;
  private final Semaphore told = new Semaphore(0);
  private final AtomicBoolean stop = new AtomicBoolean();
  private final AtomicReference<Throwable> failed = new AtomicReference<>();

  @TempDir private Path directory;

  JudgeCrashTest(TestDatabase kind) {
    this.kind = kind;
    this.settings = kind.fresh(Journal.TABLES);
  }

  private Path socket() {
    return directory.resolve("s");
  }

  private ChildJvm guard() throws IOException {
    var guard =
        ChildJvm.start(
            directory,
            Map.of(),
            JudgingProcess.class,
            settings.url(),
            settings.user(),
            socket().toString());
    assertThat(guard.line()).isEqualTo(JudgingProcess.LISTENING);
    return guard;
  }

  @Test
  void whatWasToldIsOnDiskAndNothingElseIsCounted() throws Exception {
    var random = new Random(SEED);
    List<Judgement> all = new ArrayList<>();
    try (var threads = Executors.newFixedThreadPool(CALLERS)) {
      List<Future<List<Judgement>>> callers;
      try {
        callers =
            IntStream.range(0, CALLERS)
                .mapToObj(number -> threads.submit(caller(number, random.nextLong())))
                .toList();
        for (var kill = 0; kill < KILLS; kill++) {
          try (var guard = guard()) {
            await(1 + random.nextInt(MOST_BETWEEN));
            guard.kill();
          }
          told.drainPermits();
        }
      } finally {
        stop.set(true);
      }
      try (var _ = guard()) {
        for (var one : callers) {
          all.addAll(one.get());
        }
      }
    }
    kind.awaitEndOfOthers(settings);
    try (var journal = Database.open(settings, Journal.TABLES)) {
      requireOnDisk(journal, all);
    }
  }

  /// Waits for so many judgements, unless a caller has failed: then there may be no more.
  private void await(int number) throws InterruptedException {
    while (!told.tryAcquire(number, 1, TimeUnit.SECONDS)) {
      var failure = failed.get();
      if (failure != null) {
        throw new AssertionError("a caller failed", failure);
      }
    }
  }

  private Callable<List<Judgement>> caller(int number, long seed) {
    return () -> {
      try (var guard =
          new SocketGuard(new SocketGuard.Settings(socket(), 1, LONG), System::nanoTime)) {
        return new Caller(guard, new Random(seed), "customer-" + number).run();
      } catch (Throwable failure) {
        failed.set(failure);
        throw failure;
      }
    };
  }

  /// Has the cards of some customers judged, one after the other, and remembers what it was told as a server does.
  private final class Caller {
    private final Guard guard;
    private final Random random;
    private final String customer;
    private final List<Judgement> heard = new ArrayList<>();
    private Head shown = Head.NONE;

    Caller(Guard guard, Random random, String customer) {
      this.guard = guard;
      this.random = random;
      this.customer = customer;
    }

    List<Judgement> run() {
      for (var number = 0; ; number++) {
        var card = new TestCard(customer + "-" + number);
        var passed = new HashSet<Integer>();
        for (var asked = 0; asked < ASKED; asked++) {
          var draw = 1 + random.nextInt(DRAWS);
          var right = random.nextBoolean();
          var question = card.showing(right ? card.right(draw) : card.wrong(draw), shown);
          var judgement =
              told(card, question, right ? Verdict.RIGHT : Verdict.WRONG, passed.contains(draw));
          if (judgement.filter(one -> one.verdict() == Verdict.RIGHT).isPresent()) {
            passed.add(draw);
          }
          told.release();
          if (stop.get()) {
            return heard;
          }
        }
        shown = Head.NONE;
      }
    }

    /// Asks until there is a reply; in between, sometimes gives the challenge up.
    ///
    /// @return none if the draw has passed before
    private Optional<Judgement> told(
        TestCard card, Question question, Verdict verdict, boolean spent) {
      var recalls = false;
      while (true) {
        try {
          var reply = recalls ? guard.recall(card.recall(question)) : guard.judge(question);
          return switch (reply) {
            case Refused refused -> {
              assertThat(refused.reason()).isEqualTo(Reason.SPENT);
              assertThat(spent && !recalls).isTrue();
              yield Optional.empty();
            }
            case Judged judged -> {
              requireExpected(judged, verdict, spent, recalls);
              shown = judged.judgement().head();
              heard.add(judged.judgement());
              yield Optional.of(judged.judgement());
            }
          };
        } catch (GuardUnavailable unavailable) {
          if (failed.get() != null) {
            throw unavailable; // there may be no guard any more
          }
          recalls |= random.nextInt(4) == 0;
          LockSupport.parkNanos(1_000_000);
        }
      }
    }
  }

  private static void requireExpected(
      Judged judged, Verdict verdict, boolean spent, boolean recalled) {
    var judgement = judged.judgement();
    assertThat(judgement.verdict())
        .isIn(recalled ? Set.of(verdict, Verdict.UNANSWERED) : Set.of(verdict));
    assertThat(spent && judgement.verdict() != Verdict.UNANSWERED).isFalse();
    assertThat(judged.receipt().isPresent())
        .isEqualTo(!recalled && judgement.verdict() == Verdict.RIGHT);
    assertThat(judged.unseen()).as("nothing that was not asked for").containsExactly(judgement);
  }

  private record Stored(
      String challenge,
      String card,
      int draw,
      Verdict verdict,
      long sequence,
      long number,
      String hash) {}

  private static void requireOnDisk(Database journal, List<Judgement> told) {
    var report = JournalCheck.of(journal, List.of());
    assertThat(report.broken()).isEmpty();
    var stored = stored(journal);
    var byChallenge =
        stored.stream().collect(Collectors.toMap(Stored::challenge, Function.identity()));
    for (var judgement : told) {
      var challenge = judgement.challenge().value();
      assertThat(byChallenge).containsKey(challenge);
      var row = Objects.requireNonNull(byChallenge.get(challenge));
      assertThat(row.verdict()).isEqualTo(judgement.verdict());
      assertThat(row.sequence()).isEqualTo(judgement.sequence());
      assertThat(new Head(row.number(), row.hash())).isEqualTo(judgement.head());
    }
    assertThat(told).extracting(Judgement::verdict).contains(Verdict.RIGHT, Verdict.WRONG);
    assertThat(told).extracting(one -> one.challenge().value()).doesNotHaveDuplicates();
    assertThat(stored).as("each was asked for until it was told").hasSameSizeAs(told);
    assertThat(stored.stream().filter(row -> row.verdict() == Verdict.RIGHT))
        .extracting(row -> row.card() + " " + row.draw())
        .doesNotHaveDuplicates();
    assertThat(counted(journal)).isEqualTo(failures(stored));
  }

  private static List<Stored> stored(Database journal) {
    return journal.reading(
        sql ->
            sql.rows(
                row ->
                    new Stored(
                        row.getString("challenge"),
                        row.getString("subject"),
                        row.getInt("first_draw"),
                        Verdict.valueOf(row.getString("verdict")),
                        row.getLong("sequence"),
                        row.getLong("number"),
                        row.getString("hash")),
                "SELECT * FROM judgements ORDER BY subject, number"));
  }

  private static Map<String, Integer> counted(Database journal) {
    return journal
        .reading(
            sql ->
                sql.rows(
                    row -> Map.entry(row.getString("subject"), row.getInt("failures")),
                    "SELECT subject, failures FROM cards"))
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /// Of each card since its last pass, counted by hand.
  ///
  /// @param stored each card's in their order
  private static Map<String, Integer> failures(List<Stored> stored) {
    var failures = new HashMap<String, Integer>();
    for (var row : stored) {
      switch (row.verdict()) {
        case RIGHT -> failures.put(row.card(), 0);
        case WRONG -> failures.merge(row.card(), 1, Integer::sum);
        case UNANSWERED -> failures.putIfAbsent(row.card(), 0);
      }
    }
    return failures;
  }
}
