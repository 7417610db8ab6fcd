package karuta.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import karuta.database.testing.PostgresServer;
import karuta.database.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A database that would acknowledge what it may forget is not worked with, at the start or later. Each test has a
/// thread of its own, because one that waits for a socket heeds no interrupt.
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DurabilityTest {
  private static PostgresServer server;

  private DatabaseSettings settings;

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
    settings = TestDatabase.on(server, Counts.TABLES);
  }

  @AfterEach
  void heal() {
    server.set("synchronous_standby_names", "");
    server.execute("ALTER ROLE postgres RESET ALL");
  }

  private DatabaseSettings withStandby() {
    return TestDatabase.withStandby(settings, settings.patience());
  }

  @ParameterizedTest
  @ValueSource(strings = {"off", "local", "remote_write"})
  void whereAStandbyIsRequiredACommitThatDoesNotWaitForItsDiskIsRefused(String commit) {
    server.set("synchronous_standby_names", "nobody");
    server.execute(
        "SET synchronous_commit = off", "ALTER ROLE postgres SET synchronous_commit = " + commit);

    assertThatThrownBy(() -> Database.open(withStandby(), Counts.TABLES))
        .isInstanceOf(DatabaseUnavailable.class)
        .hasMessageContaining("synchronous_commit")
        .hasMessageContaining(commit)
        .returns(false, failure -> ((DatabaseUnavailable) failure).away());
  }

  /// Whoever manages the standbys empties the setting while none is there.
  @Test
  void whereAStandbyIsRequiredADatabaseThatWaitsForNoneIsRefusedForNow() {
    assertThatThrownBy(() -> Database.open(withStandby(), Counts.TABLES))
        .isInstanceOf(DatabaseUnavailable.class)
        .hasMessageContaining("synchronous_standby_names")
        .returns(true, failure -> ((DatabaseUnavailable) failure).away());
  }

  @ParameterizedTest
  @ValueSource(strings = {"fsync", "full_page_writes"})
  void aDatabaseThatForgetsIsRefused(String setting) {
    try (var careless = PostgresServer.with(Map.of(setting, "off"))) {
      var on = careless.settings("", settings.patience());
      assertThatThrownBy(() -> Database.open(on, Counts.TABLES))
          .isInstanceOf(DatabaseUnavailable.class)
          .hasMessageContaining(setting + " off");
    }
  }

  @Test
  void whatIsSetForTheRoleLaterDoesNotReachTheProgram() {
    try (var database = Database.open(settings, Counts.TABLES)) {
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

  private static String commit(Sql sql) {
    return sql.row(
            row -> row.getString("value"), "SELECT current_setting('synchronous_commit') AS value")
        .orElseThrow();
  }

  @Test
  void noConnectionIsTakenFromADatabaseThatHasBecomeCareless() {
    var source = PostgresSource.of(withStandby());

    assertThatThrownBy(source::getConnection).hasMessageContaining("synchronous_standby_names");
  }

  private void endConnections() {
    var name = settings.url().replaceFirst(".*ApplicationName=", "");
    server.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = '%s'"
            .formatted(name));
  }
}
