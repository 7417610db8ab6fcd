package karuta.server.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import karuta.database.testing.TestDatabase;
import karuta.server.crash.AnsweringCustomer.Habit;
import karuta.server.crash.GuardedBank.Commit;
import karuta.server.crash.GuardedBank.Deadlines;
import karuta.server.crash.GuardedBank.Verifier;
import karuta.server.crash.GuardedBank.Victim;
import karuta.server.model.Records;
import karuta.server.model.Records.Card;
import karuta.server.model.Told;
import karuta.server.model.Told.Asked;
import karuta.token.testing.SoftHsm;
import karuta.token.testing.TokenPair;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// The guard, the server, or both are killed (SIGKILL) again and again while customers answer, guess, repeat what was
/// not heard, and ask anew. On PostgreSQL two guards share the journal and two servers the store; there it meets those
/// of one site, or of both at once. What customers were told is held against the store and the journal: no draw passed
/// twice, every told wrong answer counted in both, no told pass lost, and every card that was guessed at stopped
/// exactly at its cap.
///
/// Half of the kills come after so many answers and replies. The others come as soon as one more judgement or verdict
/// is on disk: before anybody was told the verdict, because replies to answers are lost until the server is there
/// again.
///
/// A round has databases of its own, and a seed that is its name. `-Dkaruta.crash.kills=N` makes it N kills on each
/// database.
@ParameterizedClass
@EnumSource
@Timeout(value = 15, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class GuardedCrashTest {
  private static final int KILLS = Integer.getInteger("karuta.crash.kills", 15);
  private static final int FIRST = Integer.getInteger("karuta.crash.seed", 1);
  private static final int TOGETHER = 25;

  /// Answers sent and replies heard until the next kill, at most.
  private static final int MOST_BETWEEN = 16;

  /// Waits for as many events again, at most, until cards are at both caps.
  private static final int MORE = 100;

  private static final List<Habit> HABITS =
      List.of(Habit.GUESSES, Habit.GUESSES_PATIENTLY, Habit.ANSWERS, Habit.ANSWERS);

  private static final List<Victim> VICTIMS = List.of(Victim.values());

  private static TokenPair tokens;
  private static Verifier verifier;

  private final TestDatabase kind;
  private final Told told = new Told();
  private long again;

  @TempDir private Path directory;

  GuardedCrashTest(TestDatabase kind) {
    this.kind = kind;
  }

  @BeforeAll
  static void prepare() {
    var softHsm = SoftHsm.start();
    tokens = TokenPair.on(softHsm);
    var found =
        Map.of("SOFTHSM2_CONF", softHsm.tokens().resolveSibling("softhsm2.conf").toString());
    verifier = Verifier.of(SoftHsm.library(), found, tokens);
  }

  @AfterAll
  static void close() {
    tokens.close();
  }

  /// @param kills how many
  record Round(int seed, int kills) {}

  static List<Round> rounds() {
    return IntStream.range(0, (KILLS + TOGETHER - 1) / TOGETHER)
        .mapToObj(
            number -> new Round(FIRST + number, Math.min(TOGETHER, KILLS - number * TOGETHER)))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("rounds")
  void whatWasToldIsKeptAndCountedAndNoCapIsPassed(Round round) throws Exception {
    var name = "crash-%s-%d".formatted(kind.name().toLowerCase(Locale.ROOT), round.seed());
    var place = Files.createDirectory(directory.resolve(name));
    // a SQLite file has one guard and one server
    var sites = kind == TestDatabase.SQLITE ? 1 : 2;
    try (var bank = new GuardedBank(place, kind, sites, verifier, Deadlines.LONG)) {
      var random = new Random(round.seed());
      try (var customers = new AnsweringCustomers(bank, told, HABITS, random)) {
        for (var kill = 0; kill < round.kills(); kill++) {
          customers.await(1 + random.nextInt(MOST_BETWEEN));
          var victim = VICTIMS.get(random.nextInt(VICTIMS.size()));
          var where = where(bank.sites(), random);
          if (kill % 2 == 1) {
            // before the victim has told of it
            customers.loseReplies(victim != Victim.GUARD);
            awaitNext(victim == Victim.GUARD ? Commit.JUDGEMENT : Commit.VERDICT, bank, customers);
          }
          bank.kill(victim, where);
          customers.loseReplies(false);
          customers.startAnew();
        }
        for (var more = 0; !bank.hasCardsAtBothCaps(); more++) {
          assertThat(more).as("waits for a card that is guessed at up to a cap").isLessThan(MORE);
          customers.await(MOST_BETWEEN);
        }
        customers.finish();
        again = customers.again();
      }
      var now = bank.comeToRest();
      bank.requireKept(told, now);
      requireExactCaps(bank, now);
      assertThat(again).as("answers whose first reply was lost").isPositive();
      System.out.println(figures(round, now));
    }
  }

  /// One site, or all at once.
  private static List<Integer> where(int sites, Random random) {
    var one = random.nextInt(sites + 1);
    return one < sites ? List.of(one) : IntStream.range(0, sites).boxed().toList();
  }

  /// Waits until one more of these is on disk: somebody is about to be told.
  private static void awaitNext(Commit commit, GuardedBank bank, AnsweringCustomers customers)
      throws InterruptedException, ExecutionException {
    var before = bank.onDisk(commit);
    while (bank.onDisk(commit) == before) {
      customers.requireAtWork();
    }
  }

  private String figures(Round round, Records now) {
    var judged = now.judgements().stream().filter(one -> !one.is("UNANSWERED")).toList();
    var heard = told.questions().stream().filter(Asked::hasVerdict).count();
    return "%s, seed %d, %d kills: %d questions, %d passed and %d wrong, %d of both told, %d answers sent again, %d cards at a cap"
        .formatted(
            kind,
            round.seed(),
            round.kills(),
            now.challenges().size(),
            judged.stream().filter(one -> one.is("RIGHT")).count(),
            judged.stream().filter(one -> one.is("WRONG")).count(),
            heard,
            again,
            now.cards().stream().filter(card -> card.state().equals("SUSPENDED")).count());
  }

  /// A card is stopped at its cap, not before and not after.
  private static void requireExactCaps(GuardedBank bank, Records now) {
    var caps = bank.guardConfig().caps();
    var stopped =
        now.cards().stream()
            .filter(card -> card.state().equals("SUSPENDED"))
            .map(Card::name)
            .map(card -> now.guarded(card).orElseThrow())
            .toList();
    assertThat(stopped)
        .allMatch(
            card -> card.failures() == caps.sincePass() || card.failuresInLife() == caps.inLife());
  }
}
