package karuta.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import karuta.database.DatabaseSettings;
import karuta.database.DatabaseUnavailable;
import karuta.database.testing.TestDatabase;
import karuta.server.audit.AuditEntry;
import karuta.server.audit.AuditEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// The rows of the audit stay in the order they were written, whatever a clock does.
@ParameterizedClass
@EnumSource
class AuditOrderTest {
  private static final Instant NOW = Instant.parse("2026-01-05T09:00:00Z");
  private static final Instant AHEAD = NOW.plus(Duration.ofHours(1));

  private final DatabaseSettings settings;

  AuditOrderTest(TestDatabase database) {
    settings = database.fresh(Store.TABLES);
  }

  private static void write(Store store, Instant at, String detail) {
    store.change(
        tx -> {
          var entry = new AuditEntry(at, "test", AuditEvent.HORIZONTAL_GUESSING, 0, "", 0, detail);
          tx.audit().add(entry);
          return true;
        });
  }

  private static List<String> details(Store store) {
    return store.read(tx -> tx.audit().after("", 100)).stream().map(AuditRow::detail).toList();
  }

  @Test
  void aClockThatWasAheadAndIsSetBackPutsNoRowBelowOneThatWasWritten() {
    try (var store = Store.open(settings)) {
      write(store, AHEAD, "1");
      write(store, AHEAD, "2");
      write(store, NOW, "3");
    }
    try (var store = Store.open(settings)) {
      write(store, NOW, "4");
      write(store, NOW, "5");

      assertThat(details(store)).containsExactly("1", "2", "3", "4", "5");
    }
  }

  @Test
  void whatAnotherProcessHasWrittenIsSeenByACheck() {
    try (var store = Store.open(settings);
        var other = Store.open(settings)) {
      write(other, NOW, "1");
      store.check(() -> NOW);
      write(store, NOW.minusMillis(500), "2");

      assertThat(details(store)).containsExactly("1", "2");
    }
  }

  @Test
  void aStoreWhoseNewestRowIsFromTheFutureIsNotReadyUntilThen() {
    try (var store = Store.open(settings)) {
      assertThatCode(() -> store.check(() -> NOW)).doesNotThrowAnyException();
      write(store, AHEAD, "1");

      assertThatThrownBy(() -> store.check(() -> NOW))
          .isInstanceOf(DatabaseUnavailable.class)
          .hasMessageContaining("3600 s ahead of the clock");

      assertThatCode(() -> store.check(() -> AHEAD)).doesNotThrowAnyException();
    }
  }

  /// It would hide the newest, and with it a clock that is behind.
  @Test
  void aRowWithAnIdThatNoServerMakesIsNotTakenForTheNewest() {
    try (var store = Store.open(settings)) {
      write(store, AHEAD, "1");
      for (var strange : List.of("fffz", "zzz", "~", "")) {
        store.change(
            tx ->
                tx.sql()
                    .change(
                        """
                        INSERT INTO audit (id, at, subject, generation, actor, event, challenge_id, draw, detail)
                        VALUES (?, 0, '', 0, '', '', '', 0, '')
                        """,
                        strange));
      }

      assertThatThrownBy(() -> store.check(() -> NOW)).isInstanceOf(DatabaseUnavailable.class);
    }
  }
}
