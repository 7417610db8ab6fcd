package karuta.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import karuta.database.DatabaseSettings;
import karuta.server.challenge.Policy;
import karuta.server.testing.Bank;
import karuta.server.testing.Installation;
import karuta.server.testing.TestIssuer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `karuta audit verify` by its command line.
class AuditCommandTest {
  @TempDir private Path directory;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Installation installation;
  private Path keys;
  private Bank bank;

  @BeforeEach
  void prepare() throws Exception {
    installation =
        Installation.make(
            directory, TestIssuer.TOKEN, "ab".repeat(32), new TestIssuer().trust().issuer());
    bank = Bank.open(DatabaseSettings.sqlite(installation.database()), Policy.standard());
    keys = Files.writeString(directory.resolve("keys.json"), bank.guard.look(List.of()).sealKeys());
  }

  @AfterEach
  void close() {
    bank.close();
  }

  private int run(String... known) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    var words = new ArrayList<>(List.of("audit", "verify"));
    words.addAll(List.of("--config", installation.config().toString()));
    words.addAll(List.of("--keys", keys.toString()));
    words.addAll(List.of(known));
    return Main.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(words.toArray(String[]::new));
  }

  private String sealed() {
    bank.withActiveCard("customer-1");
    bank.pass(Duration.ofMinutes(6));
    var added = bank.core.seals().sealNext().orElseThrow();
    return added.number() + ":" + added.digest();
  }

  @Test
  void itEndsWithTheLastSealThatHolds() {
    assertThat(run()).isZero();
    assertThat(out.toString()).isEqualTo("the audit has no seal yet; its rows: 0\n");

    var last = sealed();
    assertThat(run("--known", last)).isZero();
    assertThat(out.toString())
        .startsWith("rows under seals that hold: ")
        .endsWith("; rows after the last seal: 0; the last seal is " + last + "\n");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void whatDoesNotHoldIsAnIntegrityFailureThatSaysWhereToLook() throws Exception {
    assertThat(sealed()).startsWith("1:");
    assertThat(run("--known", "1:" + "0".repeat(43))).isEqualTo(5);
    assertThat(err.toString()).isEqualTo("karuta: seal 1: it is not the one that was known\n");

    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + installation.database());
        var statement = connection.createStatement()) {
      statement.execute("DELETE FROM audit WHERE event = 'card-mailed'");
    }
    assertThat(run()).isEqualTo(5);
    assertThat(err.toString())
        .startsWith("karuta: seal 1: the rows under it are not those that were sealed; they are of")
        .hasLineCount(1);
    assertThat(out.toString()).startsWith("rows under seals that hold: 0;");
  }

  @Test
  void wrongUsageIsOneLine() throws IOException {
    assertThat(run("--known", "12")).isEqualTo(2);
    assertThat(err.toString()).contains("'12' is not NUMBER:DIGEST").hasLineCount(1);

    Files.writeString(keys, "no keys");
    assertThat(run()).isEqualTo(2);
    assertThat(err.toString()).contains("not a JWK set").contains("keys.json").hasLineCount(1);

    Files.delete(keys);
    assertThat(run()).isEqualTo(2);
    assertThat(err.toString()).contains("the keys cannot be read").hasLineCount(1);
  }

  @Test
  void aStoreThatIsNotThereIsNotMade() throws IOException {
    Files.delete(installation.database());

    assertThat(run()).isEqualTo(2);

    assertThat(err.toString()).contains("the store cannot be used: there is none at");
    assertThat(installation.database()).doesNotExist();
  }
}
