package karuta.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import karuta.server.testing.PostgresServer;
import karuta.server.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A database that would acknowledge what it may forget is not worked with, at the start or later. Each test has a thread of its
/// own, because one that waits for a socket heeds no interrupt.
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DurabilityTest {
  private static final Instant NOW = Instant.parse("2026-01-05T09:00:00Z");
  private static PostgresServer server;

  private StoreSettings settings;

  @BeforeAll
  static void start() {
    server = PostgresServer.start();
  }

  @AfterAll
  static void end() {
    server.close();
  }

  @BeforeEach
  void open() {
    settings = TestDatabase.on(server);
  }

  @AfterEach
  void heal() {
    set("default_transaction_read_only", "off");
    set("synchronous_standby_names", "");
    server.execute("ALTER ROLE postgres RESET ALL");
  }

  private StoreSettings withStandby() {
    return new StoreSettings(
        settings.url(),
        settings.user(),
        settings.password(),
        settings.connections(),
        settings.patience(),
        true);
  }

  /// For the whole server, by its administrator, who waits for no standby.
  private static void set(String name, String value) {
    server.execute(
        "SET synchronous_commit = off",
        "ALTER SYSTEM SET %s = '%s'".formatted(name, value),
        "SELECT pg_reload_conf()");
    server.await("SHOW " + name, value);
  }

  @ParameterizedTest
  @ValueSource(strings = {"off", "local", "remote_write"})
  void whereAStandbyIsRequiredACommitThatDoesNotWaitForItsDiskIsRefused(String commit) {
    set("synchronous_standby_names", "nobody");
    server.execute(
        "SET synchronous_commit = off", "ALTER ROLE postgres SET synchronous_commit = " + commit);

    assertThatThrownBy(() -> Store.open(withStandby()))
        .isInstanceOf(StoreUnavailable.class)
        .hasMessageContaining("synchronous_commit")
        .hasMessageContaining(commit);
  }

  @Test
  void whereAStandbyIsRequiredADatabaseThatWaitsForNoneIsRefused() {
    assertThatThrownBy(() -> Store.open(withStandby()))
        .isInstanceOf(StoreUnavailable.class)
        .hasMessageContaining("synchronous_standby_names");
  }

  @ParameterizedTest
  @ValueSource(strings = {"fsync", "full_page_writes"})
  void aDatabaseThatForgetsIsRefused(String setting) {
    try (var careless = PostgresServer.with(Map.of(setting, "off"))) {
      var on = careless.settings("", settings.patience());
      assertThatThrownBy(() -> Store.open(on))
          .isInstanceOf(StoreUnavailable.class)
          .hasMessageContaining(setting + " off");
    }
  }

  @Test
  void whatIsSetForTheRoleLaterDoesNotReachTheStore() {
    try (var database = PostgresDatabase.open(settings)) {
      server.execute("ALTER ROLE postgres SET synchronous_commit = off");
      endConnections();

      while (true) {
        try {
          assertThat(database.writing(DurabilityTest::commit)).isEqualTo("on");
          return;
        } catch (Sql.Fault fault) {
          // a connection that was ended: the next is new
        }
      }
    }
  }

  private static String commit(Connection connection) {
    return new Sql(connection)
        .row(row -> row.getString("value"), "SELECT current_setting('synchronous_commit') AS value")
        .orElseThrow();
  }

  @Test
  void everyCheckLooksAgain() {
    set("synchronous_standby_names", "nobody");
    try (var store = Store.open(withStandby())) {
      assertThatThrownBy(() -> store.check(() -> NOW)).hasMessageContaining("none is connected");
      set("synchronous_standby_names", "");

      assertThatThrownBy(() -> store.check(() -> NOW))
          .isInstanceOf(StoreUnavailable.class)
          .hasMessageContaining("synchronous_standby_names");
    }
  }

  @Test
  void noConnectionIsTakenFromADatabaseThatHasBecomeCareless() {
    var source = PostgresSource.of(withStandby());

    assertThatThrownBy(source::getConnection).hasMessageContaining("synchronous_standby_names");
  }

  @Test
  void aCheckDoesNotBeginACommitThatCouldNotEnd() {
    try (var store = Store.open(settings)) {
      store.check(() -> NOW);
      set("synchronous_standby_names", "nobody");

      assertThatThrownBy(() -> store.check(() -> NOW))
          .isInstanceOf(StoreUnavailable.class)
          .hasMessageContaining("none is connected");
    }
  }

  @Test
  void aDatabaseThatOnlyReadsIsFoundByTheCheck() {
    try (var store = Store.open(settings)) {
      store.check(() -> NOW);
      set("default_transaction_read_only", "on");

      assertThat(store.<Boolean>read(tx -> tx.alarms().raised(AlarmTable.HORIZONTAL_GUESSING)))
          .isFalse();
      assertThatThrownBy(() -> store.check(() -> NOW)).isInstanceOf(StoreUnavailable.class);

      set("default_transaction_read_only", "off");
      store.check(() -> NOW);
    }
  }

  private void endConnections() {
    var name = settings.url().replaceFirst(".*ApplicationName=", "");
    server.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = '%s'"
            .formatted(name));
  }
}
