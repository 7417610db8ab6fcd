package karuta.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import karuta.database.DatabaseSettings;
import karuta.guard.client.ChainHead;
import karuta.guard.client.Guard;
import karuta.guard.client.Judgement.Verdict;
import karuta.guard.client.Reply;
import karuta.guard.client.Reply.Judged;
import karuta.guard.client.Reply.Reason;
import karuta.guard.client.Reply.Refused;
import karuta.guard.journal.Caps;
import karuta.guard.judged.JudgedCard;
import karuta.guard.judged.JudgedFile;
import karuta.guard.testing.GuardInstallation;
import karuta.guard.testing.TestCard;
import karuta.guard.testing.TestGuards;
import karuta.guard.testing.TestOfficers;
import karuta.testing.ChildJvm;
import karuta.testing.Terminal;
import karuta.testing.TestJvm;
import karuta.token.TokenName;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The officers' commands as they give them, each in a process of its own, beside a guard that goes on judging.
@Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class OfficersSessionTest {
  @TempDir private Path directory;
  private final TestOfficers officers = new TestOfficers(InstantSource.system());
  private final TestCard card = new TestCard("customer-1");
  private GuardInstallation installation;
  private TestGuards guards;
  private Guard guard;

  /// How a command ended.
  private record Ended(int exitCode, List<String> out, String err) {
    Ended is(int expected) {
      assertThat(exitCode).as(err).isEqualTo(expected);
      assertThat(err).doesNotContain("\tat ", TestOfficers.PASSWORD);
      return this;
    }

    /// What stands behind a word at the start of a line.
    String line(String word) {
      return out.stream()
          .filter(line -> line.startsWith(word))
          .findFirst()
          .map(line -> line.substring(word.length()).strip())
          .orElseThrow();
    }
  }

  @BeforeEach
  void install() throws Exception {
    installation =
        GuardInstallation.make(
            directory,
            Files.createFile(directory.resolve("library.so")),
            new TokenName("karuta verifier", "0123456789abcdef"),
            "123456",
            new byte[32]);
    guards = new TestGuards(DatabaseSettings.sqlite(installation.journal()), Caps.standard());
    guard = guards.open(installation.name());
  }

  @AfterEach
  void close() {
    guards.close();
  }

  private String file(String name) {
    return directory.resolve(name).toString();
  }

  private Ended run(String... words) throws Exception {
    var all = new ArrayList<>(List.of("guard"));
    all.addAll(List.of(words));
    try (var command =
        ChildJvm.start(directory, Map.of(), Main.class, all.toArray(String[]::new))) {
      var out = command.rest();
      return new Ended(command.ended(), out, command.said());
    }
  }

  private Ended request(String... what) throws Exception {
    var words =
        new ArrayList<>(
            List.of(
                "request",
                "--config=" + installation.config(),
                "--out=" + file("request"),
                "--reason=asked at the counter"));
    words.addAll(List.of(what));
    return run(words.toArray(String[]::new));
  }

  private Ended approve(int officer, String digest) throws Exception {
    return run(
        "approve",
        "--request=" + file("request"),
        "--certificate=" + file("officer-" + officer + ".pem"),
        "--key=" + file("officer-" + officer + "-key.pem"),
        "--digest=" + digest,
        "--out=" + file("approval-" + officer));
  }

  private Ended apply(String... more) throws Exception {
    var words =
        new ArrayList<>(
            List.of("apply", "--config=" + installation.config(), "--request=" + file("request")));
    words.addAll(List.of(more));
    return run(words.toArray(String[]::new));
  }

  private String approval(int officer) {
    return "--approval=" + file("approval-" + officer);
  }

  private static @Nullable Reason reason(Reply reply) {
    return reply instanceof Refused refused ? refused.reason() : null;
  }

  @Test
  void aCappedCardIsEnabledByTwoOfThree() throws Exception {
    officers.install(installation);
    IntStream.range(0, 20).forEach(_ -> guard.judge(card.wrong(1)));
    assertThat(reason(guard.judge(card.right(1)))).isEqualTo(Reason.CARD_CAPPED);

    var requested = request("--enable-card=customer-1:1").is(0);
    assertThat(requested.out())
        .contains(
            "for: guard " + installation.name(),
            "number: 1",
            "reason: asked at the counter",
            "action: enable card customer-1:1: 20 failures since its last pass become 0, 20 in its life stay",
            file("request") + ": 2 of 3 officers approve it, with karuta guard approve");

    var approved = approve(1, requested.line("words:")).is(0);
    assertThat(approved.out()).containsAll(Files.readAllLines(directory.resolve("request")));
    assertThat(approved.line("words:")).isEqualTo(requested.line("words:"));
    assertThat(apply(approval(1)).is(1).err())
        .contains("1 of the 2 approvals that it takes; have more officers approve it");
    assertThat(apply(approval(1), approval(1)).is(1).err()).contains("counts once");
    assertThat(approve(3, "cat, dog").is(1).err()).contains("another request's; sign nothing");
    approveAtTheTerminal(requested.line("words:"));

    assertThat(apply(approval(1), approval(2)).is(0).out())
        .containsExactly(
            "carried out: number 1 for guard " + installation.name(),
            "cards changed: 1, failures charged: 0, guards' chains moved: 0, trips lifted: 0");

    assertThat(((Judged) guard.judge(card.right(1))).judgement().verdict())
        .as("the guard that ran all the time")
        .isEqualTo(Verdict.RIGHT);
    assertThat(apply(approval(1), approval(2)).is(1).err())
        .contains("was carried out before; it is done, and nothing was changed now");
  }

  /// An officer whose certificate is over approves nothing, so it is said as long as there is time.
  @Test
  void officersCertificatesAreLookedAtByEveryCommand() throws Exception {
    var hour = Duration.ofHours(1);
    new TestOfficers(InstantSource.system(), hour, Duration.ofDays(90), hour.negated())
        .install(installation);
    var soon = "the certificate of one of the officers \\(CN=officer-1,.*\\) ends at 20.* in time";
    var ended = "the certificate of one of the officers \\(CN=officer-3,.*\\) ended at 20";
    guard.judge(card.wrong(1));
    var requested = request("--enable-card=customer-1:1").is(0);
    assertThat(requested.err()).containsPattern(soon).containsPattern(ended);
    assertThat(requested.err()).doesNotContain("officer-2");
    var digest = requested.line("digest:");
    assertThat(approve(1, digest).is(0).err())
        .containsPattern("officer-1.pem .* ends at 20.* time");
    assertThat(approve(3, digest).is(1).err()).containsPattern("officer-3.pem .* ended at 20");
    assertThat(apply(approval(1)).is(1).err()).containsPattern(soon).containsPattern(ended);
    var checked = run("--config=" + installation.config(), "--check").is(0);
    assertThat(checked.err()).containsPattern(soon).containsPattern(ended);
  }

  @Test
  void withTooFewCertificatesInForceNoRequestIsWritten() throws Exception {
    var past = Duration.ofHours(-1);
    new TestOfficers(InstantSource.system(), past, Duration.ofDays(90), past).install(installation);
    guard.judge(card.wrong(1));
    assertThat(request("--enable-card=customer-1:1").is(1).err())
        .contains("2 of the 3 officers have to approve it, and the certificates of 1 are in force");
    assertThat(directory.resolve("request")).doesNotExist();
  }

  /// The second officer has a password on the key, mistypes the words once, and sees neither password nor words before
  /// they were right.
  private void approveAtTheTerminal(String words) throws Exception {
    var command = TestJvm.words(Main.class, List.of());
    command.addAll(
        List.of(
            "guard",
            "approve",
            "--request=" + file("request"),
            "--certificate=" + file("officer-2.pem"),
            "--key=" + file("officer-2-key.pem"),
            "--out=" + file("approval-2")));
    try (var terminal = Terminal.start(directory, Map.of(), command, "")) {
      terminal.await("password of ");
      terminal.type(TestOfficers.PASSWORD);
      terminal.await("the eight words of its digest, as they are read out to you: ");
      assertThat(terminal.screen()).contains("enable card customer-1:1").doesNotContain(words);
      terminal.type("cat, dog");
      terminal.await("have them read out again");
      terminal.await("the eight words of its digest, as they are read out to you: ");
      terminal.type(words);
      terminal.await("approved by ");
      assertThat(terminal.end()).isZero();
      assertThat(terminal.screen()).doesNotContain(TestOfficers.PASSWORD);
    }
  }

  @Test
  void aLostJournalIsRebuiltFromWhatTheServerWroteDown() throws Exception {
    officers.install(installation);
    var empty = guards.copy();
    guard.judge(card.right(1));
    var told = ((Judged) guard.judge(card.wrong(2))).judgement();
    var heads = guard.look(List.of()).heads();
    guards.putBack(empty);
    try (var out = Files.newOutputStream(directory.resolve("judged"))) {
      var draws = new BitSet();
      draws.set(1);
      var writer = new JudgedFile.Writer(out, heads);
      writer.add(new JudgedCard(card.subject(), card.generation(), told.head(), 1, 1, draws));
      writer.end();
    }
    var tokenHead = new ChainHead(installation.name(), 10_000, "t".repeat(43));

    var requested =
        request(
                "--rebuild=" + file("judged"),
                "--as-counted",
                "--token-head=10000:" + tokenHead.hash())
            .is(0);
    assertThat(requested.line("action: rebuild"))
        .startsWith("from 1 judged cards")
        .endsWith("failures as the server counted them");
    approve(1, requested.line("digest:")).is(0);
    approve(3, requested.line("digest:")).is(0);
    assertThat(apply(approval(1), approval(3)).is(1).err())
        .contains("is about a file of judged cards; give it, with --rebuild");
    assertThat(apply(approval(1), approval(3), "--rebuild=" + file("none")).is(2).err())
        .contains(file("none") + ": no such file or directory");
    assertThat(apply(approval(1), approval(3), "--rebuild=" + file("judged")).is(0).out())
        .contains(
            "cards changed: 1, failures charged: 1, guards' chains moved: 2, trips lifted: 0");

    var again = guards.open(installation.name());
    assertThat(again.look(heads).behind()).isFalse();
    assertThat(guards.journal(installation.name()).has(tokenHead.hash(), 1, 10_000)).isTrue();
    assertThat(reason(again.judge(card.showing(card.right(1), told.head()))))
        .isEqualTo(Reason.SPENT);
    assertThat(again.judge(card.showing(card.right(2), told.head()))).isInstanceOf(Judged.class);
  }

  @Test
  void whatThereIsNotToDoIsSaidAndNoRequestIsWritten() throws Exception {
    assertThat(request("--lift-trip").is(1).err()).contains("names no officers");
    officers.install(installation);
    assertThat(request("--lift-trip").is(1).err()).contains("no trip stands");
    assertThat(request("--enable-card=customer-9:1").is(1).err())
        .contains("customer-9:1 has no failures to forget");
    Files.writeString(directory.resolve("cards"), "customer-8:1\n\ncustomer-9\n");
    assertThat(request("--cards=" + file("cards")).is(1).err()).contains("customer-8:1 has no");
    assertThat(request("--enable-card=customer-9").is(2).err()).contains("not SUBJECT:GENERATION");
    assertThat(request().is(2).err()).contains("see karuta guard request --help");
    assertThat(request("--lift-trip", "--valid-hours=169").is(2).err()).contains("1 to 168 hours");
    assertThat(request("--rebuild=" + installation.config()).is(5).err())
        .contains("not a file of judged cards");
    assertThat(request("--cards=" + directory).is(2).err()).contains(directory + ": it cannot be");
    assertThat(request("--cards=" + zeros()).is(2).err()).contains("make two of it");
    assertThat(request("--rebuild=" + zeros()).is(5).err()).contains("at line 1");
    assertThat(directory.resolve("request")).doesNotExist();
  }

  /// A gigabyte that takes no room.
  private String zeros() throws IOException {
    var zeros = directory.resolve("zeros");
    try (var file = new RandomAccessFile(zeros.toFile(), "rw")) {
      file.setLength(1 << 30);
    }
    return zeros.toString();
  }

  @Test
  void aFileThatIsNotWhatItShouldBeIsNamedAndNothingIsChanged() throws Exception {
    officers.install(installation);
    IntStream.range(0, 20).forEach(_ -> guard.judge(card.wrong(1)));
    var requested = request("--enable-card=customer-1:1").is(0);
    approve(1, requested.line("digest:")).is(0);
    var before = guards.contents();

    assertThat(apply(approval(1), approval(2)).is(2).err())
        .contains(file("approval-2") + ": no such file or directory");
    assertThat(apply("--approval=" + directory, approval(1)).is(2).err())
        .contains(directory + ": it cannot be read");
    assertThat(apply("--approval=" + zeros(), approval(1)).is(1).err())
        .contains(file("zeros") + ": not by one of the officers, or changed since it was signed");
    Files.move(directory.resolve("request"), directory.resolve("kept"));
    assertThat(apply(approval(1)).is(2).err())
        .contains(file("request") + ": no such file or directory");
    for (var other : List.of("approval-1", "zeros", "guard.toml")) {
      Files.copy(
          directory.resolve(other),
          directory.resolve("request"),
          StandardCopyOption.REPLACE_EXISTING);
      assertThat(apply(approval(1)).is(5).err())
          .contains(file("request") + ": not a karuta request v1");
    }
    assertThat(guards.contents()).isEqualTo(before);
  }

  /// The command would write, and officers sign, what nobody can read any more.
  @Test
  void aReasonWhoseLettersWereLostIsNotWrittenDown() throws Exception {
    officers.install(installation);
    guard.judge(card.wrong(1));

    assertThat(requestInJapanese("C", 2))
        .contains("letters of the reason were lost", "set LC_ALL to C.UTF-8");
    assertThat(directory.resolve("request")).doesNotExist();
    assertThat(requestInJapanese("C.UTF-8", 0)).contains("reason: 窓口");
  }

  /// A shell has the bytes of the reason, whatever language the tests' own JVM has for its words.
  ///
  /// @return what it says
  private String requestInJapanese(String language, int exitCode) throws Exception {
    var words =
        new ArrayList<>(
            List.of(
                "sh",
                "-c",
                "exec \"$@\" \"--reason=$(printf '\\347\\252\\223\\345\\217\\243')\"",
                "sh"));
    words.addAll(TestJvm.words(Main.class, List.of()));
    words.addAll(
        List.of(
            "guard",
            "request",
            "--config=" + installation.config(),
            "--out=" + file("request"),
            "--enable-card=customer-1:1"));
    var said = directory.resolve("said");
    var command = new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(said.toFile());
    command.environment().put("LC_ALL", language);
    var process = command.start();
    try {
      assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
      var text = Files.readString(said);
      assertThat(process.exitValue()).as(text).isEqualTo(exitCode);
      return text;
    } finally {
      process.destroyForcibly();
    }
  }
}
