package karuta.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import karuta.database.DatabaseSettings;
import karuta.guard.client.Reply.Judged;
import karuta.guard.journal.Caps;
import karuta.guard.testing.GuardInstallation;
import karuta.guard.testing.TestCard;
import karuta.guard.testing.TestGuards;
import karuta.token.TokenName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `karuta guard verify` by its command line.
class GuardVerifyCommandTest {
  @TempDir private Path directory;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private GuardInstallation installation;
  private TestGuards guards;

  @BeforeEach
  void prepare() throws IOException {
    installation =
        GuardInstallation.make(
            directory,
            Files.createFile(directory.resolve("library.so")),
            new TokenName("karuta verifier", "0123456789abcdef"),
            "123456",
            new byte[32]);
    guards = new TestGuards(DatabaseSettings.sqlite(installation.journal()), Caps.standard());
  }

  @AfterEach
  void close() {
    guards.close();
  }

  private int run(String... known) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    var words = new ArrayList<>(List.of("guard", "verify"));
    words.addAll(List.of("--config", installation.config().toString()));
    words.addAll(List.of(known));
    return Main.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(words.toArray(String[]::new));
  }

  private String judged() {
    var judgement =
        ((Judged) guards.open("guard-1").judge(new TestCard("customer-1").wrong(1))).judgement();
    return "guard-1:%d:%s".formatted(judgement.sequence(), judgement.head().hash());
  }

  @Test
  void itEndsWithTheHeads() {
    assertThat(run()).isZero();
    assertThat(out.toString()).isEqualTo("judgements: 0\n");

    var head = judged();
    assertThat(run("--known", head)).isZero();
    assertThat(out.toString()).isEqualTo("judgements: 1\njournal head: " + head + "\n");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void whatDoesNotHoldIsAnIntegrityFailureThatSaysWhereToLook() throws Exception {
    var head = judged();
    var another = "guard-1:1:" + "A".repeat(43);
    assertThat(run("--known", head, "--known", another)).isEqualTo(5);
    assertThat(err.toString())
        .isEqualTo("karuta: guard guard-1: it has no row 1 with the hash that was known\n");

    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + installation.journal());
        var statement = connection.createStatement()) {
      statement.execute("UPDATE judgements SET audience = 'elsewhere'");
    }
    assertThat(run()).isEqualTo(5);
    assertThat(err.toString())
        .isEqualTo("karuta: guard guard-1: row 1 is not the one that was written\n");
    assertThat(out.toString()).contains("judgements: 1\n");
  }

  @Test
  void moreThanIsSaidIsCounted() {
    var known = new ArrayList<String>();
    for (var i = 1; i <= 103; i++) {
      known.addAll(List.of("--known", "guard-2:%d:%s".formatted(i, "A".repeat(43))));
    }
    assertThat(run(known.toArray(String[]::new))).isEqualTo(5);
    assertThat(err.toString()).hasLineCount(101).endsWith("karuta: and 3 more\n");
  }

  @Test
  void aHeadIsNamedAsTheLogNamesIt() {
    assertThat(run("--known", "guard-1:12")).isEqualTo(2);
    assertThat(err.toString()).contains("'guard-1:12' is not GUARD:NUMBER:HASH").hasLineCount(1);

    assertThat(run("--known", "-guard:1:" + "A".repeat(43))).isEqualTo(2);
    assertThat(err.toString()).contains("is not GUARD:NUMBER:HASH").hasLineCount(1);
  }

  @Test
  void aJournalThatIsNotThereIsNotMade() throws IOException {
    installation.change("[receipts]", "[journal]\nfile = \"absent.db\"\n[receipts]");

    assertThat(run()).isEqualTo(2);

    assertThat(err.toString()).contains("the journal cannot be used: there is none at");
    assertThat(directory.resolve("absent.db")).doesNotExist();
  }
}
