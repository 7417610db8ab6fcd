package karuta.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import karuta.database.DatabaseSettings.Password;
import karuta.database.testing.PostgresServer;
import karuta.server.store.Store;
import karuta.server.testing.Installation;
import karuta.server.testing.TestIssuer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `karuta migrate` by its command line.
class MigrateCommandTest {
  @TempDir private Path directory;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Installation installation;

  @BeforeEach
  void prepare() throws Exception {
    installation =
        Installation.make(
            directory, TestIssuer.TOKEN, "ab".repeat(32), new TestIssuer().trust().issuer());
  }

  private int run(String... options) {
    var words = new ArrayList<>(List.of("migrate", "--config", installation.config().toString()));
    words.addAll(List.of(options));
    return Main.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(words.toArray(String[]::new));
  }

  private Path password(String name, String mode) throws IOException {
    var file = Files.writeString(directory.resolve(name), "postgres");
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
  }

  @Test
  void theOwnerMakesTheTablesAndTheServersRoleDoesNot() throws Exception {
    try (var database = PostgresServer.start()) {
      var settings = database.settings("", Duration.ofMinutes(2));
      var url = settings.url().replaceFirst("\\?.*", "");
      database.execute("CREATE ROLE serving LOGIN", "CREATE ROLE owning LOGIN SUPERUSER");
      password("serving-password", "rw-------");
      installation.change(
          "[guard]",
          "[store]\nurl = \"%s\"\nuser = \"serving\"\npassword-file = \"serving-password\"\n[guard]"
              .formatted(url));

      assertThat(run()).isEqualTo(2);
      assertThat(err.toString()).contains("cannot be brought up to date: ").hasLineCount(1);

      var owner = password("owner-password", "rw-------").toString();
      assertThat(run("--user", "owning", "--password-file", owner)).as(err.toString()).isZero();
      assertThat(out.toString()).isEqualTo("the tables are up to date\n");
      database.execute("GRANT SELECT ON ALL TABLES IN SCHEMA public TO serving");
      Store.open(settings.as("serving", new Password(""))).close();
    }
  }

  /// A URL without the schema, or with a misspelt one, must not get an empty store beside the bank's.
  @Test
  void whereAnotherSchemaHasTheTablesNoneAreMadeUnlessThatIsAskedFor() throws Exception {
    try (var database = PostgresServer.start()) {
      var url = database.settings("", Duration.ofMinutes(2)).url().replaceFirst("\\?.*", "");
      database.execute("CREATE SCHEMA bank");
      password("password", "rw-------");
      installation.change(
          "[guard]",
          "[store]\nurl = \"%s?currentSchema=bank\"\nuser = \"postgres\"\npassword-file = \"password\"\n[guard]"
              .formatted(url));
      assertThat(run()).as(err.toString()).isZero();
      assertThat(run()).as("again, as with every new version").isZero();

      installation.change("?currentSchema=bank", "");
      assertThat(run()).isEqualTo(2);
      assertThat(err.toString()).contains("but bank has", "currentSchema", "--new").hasLineCount(1);
      assertThat(database.ask("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"))
          .isEqualTo("0");

      assertThat(run("--new")).as(err.toString()).isZero();
      assertThat(run()).as("it has tables of its own now").isZero();
    }
  }

  @Test
  void aSqliteFileIsMadeToo() {
    assertThat(run()).as(err.toString()).isZero();
    assertThat(installation.database()).exists();
  }

  @Test
  void aPasswordThatOthersMayReadIsRefused() throws IOException {
    var open = password("open", "rw-r--r--").toString();

    assertThat(run("--user", "owning", "--password-file", open)).isEqualTo(2);
    assertThat(err.toString()).contains("chmod 600").hasLineCount(1);
  }
}
