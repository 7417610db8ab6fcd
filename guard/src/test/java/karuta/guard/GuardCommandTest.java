package karuta.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import karuta.card.EpochId;
import karuta.guard.client.Judgement.Verdict;
import karuta.guard.client.Question;
import karuta.guard.client.Reply.Judged;
import karuta.guard.client.SocketGuard;
import karuta.guard.testing.GuardInstallation;
import karuta.guard.testing.TestCard;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `karuta guard` as it is started in earnest: a process, a configuration file, a SoftHSM token.
///
/// The starts that are refused are made before the tests, in one process.
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class GuardCommandTest {
  private static final EpochId EPOCH = new EpochId("e1");
  private static final Duration LONG = Duration.ofMinutes(4);
  private static final String BOTH_KEYS =
      """
      key = "receipt-2"
      honoured = ["receipt-1"]
      """;
  private static final String NONSENSE = "this is no database\n".repeat(500);

  @TempDir private static Path directory;
  private static SoftHsm softHsm;
  private static TokenPair tokens;
  private static byte[] checkValue;
  private static final Map<Case, Refused> REFUSED = new EnumMap<>(Case.class);

  /// What may be wrong, and how the installation is made wrong.
  private enum Case {
    TOKEN_ABSENT {
      @Override
      void make(GuardInstallation installation) throws IOException {
        installation.change("label = \"karuta verifier\"", "label = \"karuta absent\"");
      }
    },
    KEY_CAN_SIGN {
      @Override
      void make(GuardInstallation installation) throws IOException {
        var issuer = tokens.issuer().token().name();
        installation.change("karuta verifier", issuer.label());
        installation.change(serial(), issuer.serial());
        installation.epoch(issuer.serial(), "ab".repeat(32));
      }
    },
    KEY_UNEXPECTED {
      @Override
      void make(GuardInstallation installation) throws IOException {
        installation.change(BOTH_KEYS, "");
      }
    },
    CHECK_VALUE_OF_ANOTHER_KEY {
      @Override
      void make(GuardInstallation installation) throws IOException {
        installation.epoch(serial(), "ab".repeat(32));
      }
    },
    RECORD_OF_ANOTHER_TOKEN {
      @Override
      void make(GuardInstallation installation) throws IOException {
        installation.epoch("fedcba9876543210", "ab".repeat(32));
      }
    },
    JOURNAL_DAMAGED {
      @Override
      void make(GuardInstallation installation) throws IOException {
        Files.writeString(installation.journal(), NONSENSE);
      }
    },
    JOURNAL_AWAY {
      @Override
      void make(GuardInstallation installation) throws IOException {
        // nobody listens on port 1 of this machine
        installation.change(
            "[receipts]\n",
            """
            [journal]
            url = "jdbc:postgresql://127.0.0.1:1/karuta"
            user = "karuta_guard"
            password-file = "pin"
            [receipts]
            """);
      }
    },
    SOCKET_PATH_TOO_LONG {
      @Override
      void make(GuardInstallation installation) throws IOException {
        var name = "a".repeat(110);
        installation.directory(name, "rwxr-x---");
        installation.change("run/guard.sock", name + "/guard.sock");
      }
    },
    SOCKET_IN_AN_OPEN_DIRECTORY {
      @Override
      void make(GuardInstallation installation) throws IOException {
        installation.directory("open", "rwxrwxrwx");
        installation.change("run/guard.sock", "open/guard.sock");
      }
    };

    abstract void make(GuardInstallation installation) throws IOException;

    Path directory() {
      return directory.resolve(name());
    }
  }

  /// @param told all that was written to the standard error
  private record Refused(int exitCode, String told) {
    /// What the command says, without the log.
    String message(int expected) {
      assertThat(exitCode).as(told).isEqualTo(expected);
      assertThat(told).doesNotContain(Bench.USER_PIN, "\tat ");
      var lines = told.lines().filter(line -> line.startsWith("karuta: ")).toList();
      assertThat(lines).as(told).hasSize(1);
      return lines.getFirst();
    }
  }

  private static String serial() {
    return tokens.verifier().token().name().serial();
  }

  @BeforeAll
  static void prepare() throws Exception {
    softHsm = SoftHsm.start();
    tokens = TokenPair.on(softHsm);
    checkValue = tokens.agree(EPOCH);
    // as it is while an agreement is under way, and until its record is named
    tokens.agree(new EpochId("e2"));
    tokens.verifier().receipts().make(1);
    tokens.verifier().receipts().make(2);
    tokens.verifier().seals().make(1);
    var configurations = new ArrayList<String>();
    for (var wrong : Case.values()) {
      var installation = installation(wrong.directory());
      wrong.make(installation);
      configurations.add(installation.config().toString());
    }
    try (var command = start(RefusedStarts.class, configurations)) {
      assertThat(command.ended()).as(command::said).isZero();
      var all = command.said();
      for (var wrong : Case.values()) {
        var end = all.indexOf(RefusedStarts.ENDED);
        assertThat(end).as("%s came to its end: %s", wrong, all).isNotNegative();
        var line = all.substring(end).lines().findFirst().orElseThrow();
        var exitCode = Integer.parseInt(line.substring(RefusedStarts.ENDED.length()));
        REFUSED.put(wrong, new Refused(exitCode, all.substring(0, end)));
        all = all.substring(end + line.length());
      }
    }
  }

  private static GuardInstallation installation(Path place) throws IOException {
    var made =
        GuardInstallation.make(
            Files.createDirectory(place),
            SoftHsm.library(),
            tokens.verifier().token().name(),
            Bench.USER_PIN,
            checkValue);
    made.change("[receipts]\n", "[receipts]\n" + BOTH_KEYS);
    return made;
  }

  private static Map<String, String> environment() {
    return Map.of("SOFTHSM2_CONF", softHsm.tokens().resolveSibling("softhsm2.conf").toString());
  }

  private static ChildJvm start(Class<?> program, List<String> arguments) throws IOException {
    return ChildJvm.start(directory, environment(), program, arguments.toArray(String[]::new));
  }

  private static ChildJvm guard(GuardInstallation installation, String... more) throws IOException {
    var words = new ArrayList<>(List.of("guard", "--config", installation.config().toString()));
    words.addAll(List.of(more));
    return start(Main.class, words);
  }

  private static void awaitListening(ChildJvm guard, GuardInstallation installation)
      throws IOException {
    assertThat(guard.line())
        .isEqualTo("guarding %s as %s", installation.socket(), installation.name());
  }

  private static SocketGuard caller(GuardInstallation installation) {
    return new SocketGuard(
        new SocketGuard.Settings(installation.socket(), 1, LONG), System::nanoTime);
  }

  private static TestCard card() {
    return new TestCard("customer-1", answer -> PlainInput.tag(tokens.issuer(), EPOCH, answer));
  }

  private static Verdict judged(GuardInstallation installation, Question question) {
    try (var caller = caller(installation)) {
      return ((Judged) caller.judge(question)).judgement().verdict();
    }
  }

  @AfterAll
  static void close() {
    tokens.close();
    REFUSED.clear();
  }

  private static String refused(Case wrong, int exitCode) {
    return Objects.requireNonNull(REFUSED.get(wrong)).message(exitCode);
  }

  @Test
  void itJudgesAndEndsInOrder() throws Exception {
    var installation = installation(directory.resolve("judges"));
    try (var guard = guard(installation)) {
      awaitListening(guard, installation);
      try (var caller = caller(installation)) {
        var wrong = (Judged) caller.judge(card().wrong(1));
        assertThat(wrong.judgement().verdict()).isEqualTo(Verdict.WRONG);
        assertThat(wrong.receipt()).isEmpty();
        var right = (Judged) caller.judge(card().right(1));
        assertThat(right.judgement().verdict()).isEqualTo(Verdict.RIGHT);
        assertThat(right.judgement().guard()).isEqualTo(installation.name());
        assertThat(right.receipt()).isPresent();
        assertThat(caller.look(List.of()).judges()).isTrue();
      }
      guard.end();
      assertThat(guard.ended()).as(guard::said).isZero();
      assertThat(guard.rest()).isEmpty();
      assertThat(guard.said())
          .contains("book-e2 is left out: no [[epoch]] of the configuration names it")
          .doesNotContain("book-e1 is left out");
      assertThat(guard.said()).doesNotContain(Bench.USER_PIN, "\tat ");
    }
    assertThat(installation.socket()).doesNotExist();
  }

  @Test
  void itEndsInOrderAtATerminalToo() throws Exception {
    var installation = installation(directory.resolve("terminal"));
    try (var guard = guard(installation)) {
      awaitListening(guard, installation);
      guard.interrupt();
      assertThat(guard.ended()).as(guard::said).isZero();
    }
    assertThat(installation.socket()).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"000", "077"})
  void inTheBackgroundItStaysAndItsFilesAreItsOwnWhateverTheUmask(String umask) throws Exception {
    var installation = installation(directory.resolve("umask-" + umask));
    try (var guard =
        ChildJvm.startInBackground(
            umask,
            directory,
            environment(),
            Main.class,
            "guard",
            "--config",
            installation.config().toString())) {
      awaitListening(guard, installation);
      guard.interrupt();
      guard.hangUp();
      assertThat(judged(installation, card().wrong(1))).isEqualTo(Verdict.WRONG);
      assertThat(mode(installation.socket())).isEqualTo("rw-rw----");
      for (var name : new String[] {"", "-wal", "-shm", ".lock"}) {
        assertThat(mode(installation.journal().resolveSibling("journal.db" + name)))
            .as(name)
            .isEqualTo("rw-------");
      }
      guard.end();
      assertThat(guard.ended()).as(guard::said).isZero();
    }
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  @Test
  void aSecondGuardOnOneJournalIsRefusedAndTheNextAfterAKillIsNot() throws Exception {
    var installation = installation(directory.resolve("twice"));
    var question = card().wrong(1);
    try (var first = guard(installation)) {
      awaitListening(first, installation);
      assertThat(judged(installation, question)).isEqualTo(Verdict.WRONG);
      installation.change("\"twice\"", "\"other\"");
      try (var second = guard(installation)) {
        assertThat(new Refused(second.ended(), second.said()).message(2))
            .contains("the journal cannot be used", "another process", "stop that one first")
            .contains(installation.journal().toRealPath() + ".lock");
      }
      installation.change("\"other\"", "\"twice\"");
      assertThat(judged(installation, card().wrong(2))).isEqualTo(Verdict.WRONG);
      first.kill();
    }
    try (var next = guard(installation)) {
      awaitListening(next, installation);
      assertThat(judged(installation, question)).as("told again").isEqualTo(Verdict.WRONG);
      next.end();
      assertThat(next.ended()).as(next::said).isZero();
    }
  }

  @Test
  void aWrongPinEndsTheProcessAsNoSupervisorStartsAgainBecauseTokensLockIt() throws Exception {
    var installation = installation(directory.resolve("wrong-pin"));
    installation.pin("000000");
    try (var command = guard(installation)) {
      var refused = new Refused(command.ended(), command.said());
      assertThat(refused.message(2)).contains("refused the PIN").contains("CKR_PIN_INCORRECT");
    }
  }

  @Test
  void aTokenThatIsNotThereIsATokenFaultAndNamed() {
    assertThat(refused(Case.TOKEN_ABSENT, 3)).contains("karuta absent");
  }

  @Test
  void aBookKeyThatCanSignIsRefusedByItsAttribute() {
    assertThat(refused(Case.KEY_CAN_SIGN, 1)).contains("book-e1").contains("CKA_SIGN");
  }

  @Test
  void aKeyNobodyExpectsIsRefusedByItsName() {
    assertThat(refused(Case.KEY_UNEXPECTED, 1)).contains("receipt-2").doesNotContain("receipt-1");
  }

  @Test
  void aCheckValueOfAnotherKeyIsATokenFault() {
    assertThat(refused(Case.CHECK_VALUE_OF_ANOTHER_KEY, 3)).contains("epoch e1");
  }

  @Test
  void aRecordOfAnotherTokenNamesBothFields() {
    assertThat(refused(Case.RECORD_OF_ANOTHER_TOKEN, 2))
        .contains("epoch.token")
        .contains("token.serial");
  }

  @Test
  void aDamagedJournalIsRefusedAndLeftAsItIs() {
    assertThat(refused(Case.JOURNAL_DAMAGED, 2))
        .contains("the journal cannot be used")
        .contains("not a database");

    assertThat(Case.JOURNAL_DAMAGED.directory().resolve("journal.db")).hasContent(NONSENSE);
  }

  @Test
  void aJournalThatIsNotThereYetIsWorthAnotherStart() {
    assertThat(refused(Case.JOURNAL_AWAY, 4))
        .contains("the journal is not to be had now: the database at");
  }

  @Test
  void aJournalThatLacksAHeadOfTheLogIsNotJudgedOn() throws Exception {
    var installation = installation(directory.resolve("known"));
    String head;
    try (var guard = guard(installation)) {
      awaitListening(guard, installation);
      try (var caller = caller(installation)) {
        var judgement = ((Judged) caller.judge(card().wrong(1))).judgement();
        head = "known:%d:%s".formatted(judgement.sequence(), judgement.head().hash());
      }
      guard.end();
      assertThat(guard.ended()).as(guard::said).isZero();
    }
    try (var guard = guard(installation, "--known", head)) {
      awaitListening(guard, installation);
      guard.end();
      assertThat(guard.ended()).as(guard::said).isZero();
    }
    var later = "known:2:" + "A".repeat(43);
    var file = Files.writeString(directory.resolve("known-heads"), head + "\n" + later + "\n");
    try (var guard = guard(installation, "--known-file", file.toString())) {
      assertThat(new Refused(guard.ended(), guard.said()).message(5))
          .contains("lacks judgement 2 of guard known with the hash " + "A".repeat(43))
          .contains("docs/ceremonies/guard-officers.md");
      assertThat(installation.socket()).doesNotExist();
    }
  }

  @Test
  void aSocketPathWithoutRoomIsRefusedWithAdvice() {
    assertThat(refused(Case.SOCKET_PATH_TOO_LONG, 2))
        .contains("longer than a socket's path may be", "shorter directory");
  }

  @Test
  void aSocketInAnOpenDirectoryIsRefusedWithAdvice() {
    assertThat(refused(Case.SOCKET_IN_AN_OPEN_DIRECTORY, 2))
        .contains("others than its owner and group may enter", "mode 0750");
    assertThat(Case.SOCKET_IN_AN_OPEN_DIRECTORY.directory().resolve("open")).isEmptyDirectory();
  }
}
