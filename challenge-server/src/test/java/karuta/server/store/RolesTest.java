package karuta.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import karuta.card.Subject;
import karuta.database.DatabaseSettings;
import karuta.database.DatabaseSettings.Password;
import karuta.database.DatabaseUnavailable;
import karuta.database.testing.PostgresServer;
import karuta.server.challenge.Outcome.Passed;
import karuta.server.challenge.Outcome.Wrong;
import karuta.server.challenge.Policy;
import karuta.server.testing.Bank;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The two roles as docs/operations.md makes them: its SQL is taken from there.
class RolesTest {
  private static final Pattern SQL = Pattern.compile("```sql\\n(.*?)```", Pattern.DOTALL);

  private static PostgresServer database;
  private static DatabaseSettings serving;
  private static DatabaseSettings owning;

  @BeforeAll
  static void start() throws Exception {
    database = PostgresServer.start();
    var settings = database.settings("currentSchema=karuta", Duration.ofMinutes(2));
    serving = settings.as("karuta_server", new Password(""));
    owning = settings.as("karuta_owner", new Password(""));
    var blocks = blocks();
    database.execute(blocks.getFirst());
    assertThatThrownBy(() -> Store.open(serving))
        .isInstanceOf(DatabaseUnavailable.class)
        .hasMessageContaining("karuta migrate");
    Store.migrate(owning);
    grant(owning, blocks.getLast());
  }

  /// The roles, an existing store's way to them, and the grants.
  private static List<String> blocks() throws IOException {
    var blocks = new ArrayList<String>();
    var found = SQL.matcher(Files.readString(Path.of("../docs/operations.md")));
    while (found.find()) {
      // the guard's are its own test's
      if (!found.group(1).contains("karuta_guard")) {
        blocks.add(found.group(1));
      }
    }
    assertThat(blocks).hasSize(3);
    return blocks;
  }

  private static void grant(DatabaseSettings owner, String grants) throws SQLException {
    try (var connection = DriverManager.getConnection(owner.url(), owner.user(), "");
        var statement = connection.createStatement()) {
      statement.execute(grants);
    }
  }

  @Test
  void aStoreFromBeforeTheRolesGetsItsOwnerAndItsSchema() throws Exception {
    try (var old = PostgresServer.start()) {
      old.execute("CREATE ROLE karuta LOGIN", "GRANT CREATE ON SCHEMA public TO karuta");
      var before = old.settings("", Duration.ofMinutes(2)).as("karuta", new Password(""));
      Store.migrate(before);
      try (var bank = Bank.open(before, Policy.standard())) {
        bank.withActiveCard("customer-1");
      }
      var after = old.settings("currentSchema=karuta", Duration.ofMinutes(2));
      var owner = after.as("karuta_owner", new Password(""));
      var blocks = blocks();

      old.execute(blocks.getFirst());
      assertThatThrownBy(() -> Store.migrate(owner)).hasMessageContaining("but public has");
      old.execute(blocks.get(1));
      Store.migrate(owner);
      grant(owner, blocks.getLast());

      try (var store = Store.open(after.as("karuta_server", new Password("")))) {
        assertThat(store.<Boolean>read(tx -> tx.cards().of(new Subject("customer-1")).isEmpty()))
            .isFalse();
      }
      assertThat(
              old.ask(
                  "SELECT count(*) FROM pg_class WHERE relowner = 'karuta'::regrole"
                      + " OR relnamespace = 'public'::regnamespace"))
          .isEqualTo("0");
    }
  }

  @AfterAll
  static void end() {
    database.close();
  }

  @Test
  void theServersRoleCanDoAllThatAServerDoes() {
    try (var bank = Bank.open(serving, Policy.standard())) {
      var customer = bank.withActiveCard("customer-1");
      assertThat(bank.pass(customer, "t-1")).isInstanceOf(Passed.class);
      assertThat(bank.fail(customer, "t-2")).isInstanceOf(Wrong.class);
      bank.transfer(customer, "t-3");
      bank.pass(Duration.ofMinutes(6));
      assertThat(bank.challenges().sweep(10)).isEqualTo(1);
      assertThat(bank.challenges().close(10)).isEqualTo(1);
      bank.store.change(tx -> tx.guardHeads().remember(bank.guard.look(List.of()).heads()));
      bank.cards().suspend(Bank.OFFICE, customer, Optional.empty(), "lost");
      assertThat(bank.core.seals().sealNext()).isPresent();
      var now = bank.time.instant();
      bank.store.check(() -> now);
      bank.store.check(() -> now);
      assertThat(bank.store.<Boolean>change(tx -> alarm(tx, now))).isTrue();
      assertThat(bank.store.<Boolean>change(tx -> bundle(tx, now))).isTrue();
      assertThat(bank.store.clock(bank.time).read()).isNegative();
    }
  }

  private static boolean alarm(Tx tx, Instant now) {
    return tx.alarms().raise(AlarmTable.HORIZONTAL_GUESSING, now)
        && tx.alarms().clear(AlarmTable.HORIZONTAL_GUESSING);
  }

  private static boolean bundle(Tx tx, Instant now) {
    var bundle = new BundleRow("token", 1, "ab".repeat(32), "b1", 2, 0);
    return tx.bundles().begin(bundle, now)
        && tx.bundles().advance(bundle, 0, 2, now)
        && tx.bundles().find("token", 1).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE audit SET detail = ''",
        "DELETE FROM audit",
        "TRUNCATE audit",
        "DROP TABLE audit",
        "ALTER TABLE audit DISABLE TRIGGER ALL",
        "CREATE RULE nothing AS ON INSERT TO audit DO INSTEAD NOTHING",
        "UPDATE audit_seals SET seal = 'x'",
        "DELETE FROM audit_seals",
        "TRUNCATE audit_seals",
        "UPDATE books SET draws = ''",
        "UPDATE verdicts SET verdict = 'RIGHT'",
        "DELETE FROM verdicts",
        "DELETE FROM challenges",
        "DROP TABLE store_checks",
        "UPDATE flyway_schema_history SET checksum = 0",
        "CREATE TABLE karuta.mine (id INT)",
        "CREATE TABLE public.mine (id INT)",
        "DROP SCHEMA karuta CASCADE",
        "SET ROLE karuta_owner",
        "SET SESSION AUTHORIZATION karuta_owner",
      })
  void theServersRoleCannotRewriteWhatWasOrOwnAnything(String statement) throws SQLException {
    try (var connection = DriverManager.getConnection(serving.url(), serving.user(), "");
        var run = connection.createStatement()) {
      assertThatThrownBy(() -> run.execute(statement))
          .isInstanceOfSatisfying(
              SQLException.class,
              refused ->
                  assertThat(refused.getSQLState()).as(refused.getMessage()).isEqualTo("42501"));
    }
  }

  @Test
  void theServersRoleOwnsNothing() {
    var owned =
        database.ask("SELECT count(*) FROM pg_class WHERE relowner = 'karuta_server'::regrole");
    assertThat(owned).isEqualTo("0");
  }
}
