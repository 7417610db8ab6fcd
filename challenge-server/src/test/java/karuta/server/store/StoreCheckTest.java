package karuta.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.concurrent.TimeUnit;
import karuta.database.DatabaseSettings;
import karuta.database.DatabaseUnavailable;
import karuta.database.testing.PostgresServer;
import karuta.database.testing.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A check finds a database that would acknowledge what it may forget, or acknowledges nothing any more. Each test has
/// a thread of its own, because one that waits for a socket heeds no interrupt.
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StoreCheckTest {
  private static final Instant NOW = Instant.parse("2026-01-05T09:00:00Z");
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
    settings = TestDatabase.on(server, Store.TABLES);
  }

  @AfterEach
  void heal() {
    server.set("default_transaction_read_only", "off");
    server.set("synchronous_standby_names", "");
  }

  @Test
  void everyCheckLooksAgain() {
    server.set("synchronous_standby_names", "nobody");
    try (var store = Store.open(TestDatabase.withStandby(settings, settings.patience()))) {
      assertThatThrownBy(() -> store.check(() -> NOW)).hasMessageContaining("none is connected");
      server.set("synchronous_standby_names", "");

      assertThatThrownBy(() -> store.check(() -> NOW))
          .isInstanceOf(DatabaseUnavailable.class)
          .hasMessageContaining("synchronous_standby_names");
    }
  }

  @Test
  void aCheckDoesNotBeginACommitThatCouldNotEnd() {
    try (var store = Store.open(settings)) {
      store.check(() -> NOW);
      server.set("synchronous_standby_names", "nobody");

      assertThatThrownBy(() -> store.check(() -> NOW))
          .isInstanceOf(DatabaseUnavailable.class)
          .hasMessageContaining("none is connected");
    }
  }

  @Test
  void aDatabaseThatOnlyReadsIsFoundByTheCheck() {
    try (var store = Store.open(settings)) {
      store.check(() -> NOW);
      server.set("default_transaction_read_only", "on");

      assertThat(store.<Boolean>read(tx -> tx.alarms().raised(AlarmTable.HORIZONTAL_GUESSING)))
          .isFalse();
      assertThatThrownBy(() -> store.check(() -> NOW)).isInstanceOf(DatabaseUnavailable.class);

      server.set("default_transaction_read_only", "off");
      store.check(() -> NOW);
    }
  }
}
