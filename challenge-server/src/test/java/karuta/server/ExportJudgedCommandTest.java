package karuta.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import karuta.database.DatabaseSettings;
import karuta.guard.judged.JudgedFile;
import karuta.server.challenge.Policy;
import karuta.server.testing.Bank;
import karuta.server.testing.Installation;
import karuta.server.testing.TestIssuer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `karuta export-judged` by its command line.
class ExportJudgedCommandTest {
  @TempDir private Path directory;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Installation installation;
  private Path file;

  @BeforeEach
  void prepare() throws Exception {
    installation =
        Installation.make(
            directory, TestIssuer.TOKEN, "ab".repeat(32), new TestIssuer().trust().issuer());
    file = directory.resolve("judged-cards");
    try (var bank =
        Bank.open(DatabaseSettings.sqlite(installation.database()), Policy.standard())) {
      bank.withActiveCard("customer-1");
    }
  }

  private int run() {
    return Main.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(
            "export-judged",
            "--config",
            installation.config().toString(),
            "--out",
            file.toString());
  }

  @Test
  void itWritesTheFileAndSaysItsDigest() throws Exception {
    assertThat(run()).as(err.toString()).isZero();

    try (var in = Files.newInputStream(file)) {
      var summary = JudgedFile.read(in, _ -> {}, _ -> {});
      assertThat(summary.cards()).isEqualTo(1);
      assertThat(out.toString()).isEqualTo(file + ": 1 card, digest " + summary.digest() + "\n");
    }
  }

  @Test
  void aFileThatIsThereStays() throws IOException {
    Files.writeString(file, "mine");
    assertThat(run()).isEqualTo(2);
    assertThat(err.toString()).contains("there is a file of that name").hasLineCount(1);
    assertThat(file).hasContent("mine");
  }

  @Test
  void aStoreThatIsNotThereIsNotMade() throws IOException {
    Files.delete(installation.database());
    assertThat(run()).isEqualTo(2);
    assertThat(err.toString()).contains("the store cannot be used: there is none at");
    assertThat(installation.database()).doesNotExist();
    assertThat(file).doesNotExist();
  }
}
