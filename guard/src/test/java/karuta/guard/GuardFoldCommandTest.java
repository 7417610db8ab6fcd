package karuta.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import karuta.card.EpochId;
import karuta.database.Database;
import karuta.database.DatabaseSettings;
import karuta.guard.client.ChainHead;
import karuta.guard.client.Guard;
import karuta.guard.client.Judgement.Verdict;
import karuta.guard.client.Reply.Judged;
import karuta.guard.client.SocketGuard;
import karuta.guard.journal.Journal;
import karuta.guard.journal.ManyJudgements;
import karuta.guard.testing.GuardInstallation;
import karuta.guard.testing.TestCard;
import karuta.guard.testing.TestTime;
import karuta.testing.ChildJvm;
import karuta.token.testing.Bench;
import karuta.token.testing.PlainInput;
import karuta.token.testing.SoftHsm;
import karuta.token.testing.TokenPair;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `karuta guard fold` as it is given in earnest: a process beside a running guard, on the guard's own SoftHSM token.
@Timeout(value = 8, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class GuardFoldCommandTest {
  private static final EpochId EPOCH = new EpochId("e1");
  private static final Duration LONG = Duration.ofMinutes(4);

  /// So many at the end of a chain stay, whatever their age: all but the last hundred are as old as those before.
  private static final int STAY = 20_000;

  private static final int OLD = 1_500;
  private static final int YOUNG = 100;

  @TempDir private static Path directory;
  private static SoftHsm softHsm;
  private static TokenPair tokens;
  private static GuardInstallation installation;

  @BeforeAll
  static void prepare() throws IOException {
    softHsm = SoftHsm.start();
    tokens = TokenPair.on(softHsm);
    var checkValue = tokens.agree(EPOCH);
    tokens.verifier().receipts().make(1);
    tokens.verifier().seals().make(1);
    installation =
        GuardInstallation.make(
            Files.createDirectory(directory.resolve("folds")),
            SoftHsm.library(),
            tokens.verifier().token().name(),
            Bench.USER_PIN,
            checkValue);
    try (var database =
        Database.open(DatabaseSettings.sqlite(installation.journal()), Journal.TABLES)) {
      var time = new TestTime();
      time.pass(Duration.between(time.instant(), Instant.now().minus(Duration.ofDays(40))));
      var many = new ManyJudgements(installation.name(), time, 400);
      many.judge(database, OLD, Duration.ofMinutes(1));
      many.judge(database, STAY - YOUNG, Duration.ofSeconds(1));
      time.pass(Duration.ofDays(36));
      many.judge(database, YOUNG, Duration.ofSeconds(1));
    }
  }

  @AfterAll
  static void close() {
    tokens.close();
  }

  private static ChildJvm start(String... words) throws IOException {
    var arguments = new ArrayList<>(List.of("guard"));
    arguments.addAll(List.of(words));
    arguments.addAll(List.of("--config", installation.config().toString()));
    return ChildJvm.start(
        directory,
        Map.of("SOFTHSM2_CONF", softHsm.tokens().resolveSibling("softhsm2.conf").toString()),
        Main.class,
        arguments.toArray(String[]::new));
  }

  private static List<String> run(int exitCode, String... words) throws Exception {
    try (var command = start(words)) {
      var lines = command.rest();
      assertThat(command.ended()).as(command::said).isEqualTo(exitCode);
      return lines;
    }
  }

  private static Verdict judged(Guard guard, TestCard card) {
    return ((Judged) guard.judge(card.wrong(1))).judgement().verdict();
  }

  private static TestCard card(String subject) {
    return new TestCard(subject, answer -> PlainInput.tag(tokens.issuer(), EPOCH, answer));
  }

  @Test
  void itFoldsBesideARunningGuardAndWhatIsLeftIsVerified() throws Exception {
    // one more has been judged by then
    var folds = OLD + 1;
    var last = "guard %s, up to number %d, all before".formatted(installation.name(), folds);
    try (var guard = start()) {
      assertThat(guard.line()).as(guard::said).startsWith("guarding");
      try (var caller =
          new SocketGuard(
              new SocketGuard.Settings(installation.socket(), 1, LONG), System::nanoTime)) {
        assertThat(judged(caller, card("customer-a"))).isEqualTo(Verdict.WRONG);

        assertThat(run(0, "fold", "--older-than", "35", "--dry-run"))
            .singleElement()
            .asString()
            .startsWith("to fold: %d judgements of ".formatted(folds) + last);
        assertThat(run(0, "verify")).contains("judgements: %d".formatted(OLD + STAY + 1));
        assertThat(run(0, "fold", "--older-than", "35"))
            .hasSize(2)
            .last()
            .isEqualTo("folded: " + folds);

        var early = new ChainHead(installation.name(), 1, "A".repeat(43));
        assertThat(caller.look(List.of(early)).judges()).isTrue();
        assertThat(judged(caller, card("customer-b"))).isEqualTo(Verdict.WRONG);
      }
      guard.end();
      assertThat(guard.ended()).isZero();
    }
    assertThat(run(0, "fold", "--older-than", "35"))
        .as("as many as were judged since")
        .last()
        .isEqualTo("folded: 1");
    assertThat(run(0, "fold", "--older-than", "35"))
        .singleElement()
        .asString()
        .startsWith("nothing to fold before");
    assertThat(run(0, "verify"))
        .contains(
            "checkpoint 3: %d judgements of 400 cards are folded".formatted(folds + 1),
            "judgements: %d".formatted(STAY));
    assertThat(run(2, "fold", "--older-than", "34")).isEmpty();
    withPublishedKeys();
    try (var guard = start()) {
      assertThat(guard.line()).as("it starts on what is left").startsWith("guarding");
    }
  }

  /// For whoever looks at a copy of the journal elsewhere: no token is opened.
  private static void withPublishedKeys() throws Exception {
    installation.change("karuta verifier", "karuta elsewhere");
    assertThat(run(3, "verify")).isEmpty();
    var keys = Files.writeString(directory.resolve("keys.json"), "{\"keys\": []}");
    assertThat(run(5, "verify", "--seal-keys", keys.toString())).isNotEmpty();
    Files.writeString(keys, "no keys");
    assertThat(run(2, "verify", "--seal-keys", keys.toString())).isEmpty();
    installation.change("karuta elsewhere", "karuta verifier");
  }

  /// As its unit runs it: the PIN that the configuration names is there for the guard alone.
  @Test
  void itsPinMayLieInAFileOfItsOwn() throws Exception {
    var own = directory.resolve("folds").resolve("pin");
    var given = Files.move(own, directory.resolve("given-pin"));
    try {
      run(2, "fold", "--dry-run");
      run(0, "fold", "--dry-run", "--pin-file", given.toString());
      Files.setPosixFilePermissions(given, PosixFilePermissions.fromString("rw-r--r--"));
      run(2, "fold", "--dry-run", "--pin-file", given.toString());
    } finally {
      Files.setPosixFilePermissions(given, PosixFilePermissions.fromString("rw-------"));
      Files.move(given, own);
    }
  }
}
