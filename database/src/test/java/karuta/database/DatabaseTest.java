package karuta.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import karuta.database.testing.PostgresServer;
import karuta.database.testing.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What holds on both databases, and what a program hears of its own tables.
class DatabaseTest {
  @TempDir private Path directory;

  private static int add(Sql sql) {
    return sql.change("UPDATE counts SET value = value + 1");
  }

  private static long value(Sql sql) {
    return sql.row(row -> row.getLong("value"), "SELECT value FROM counts").orElseThrow();
  }

  @ParameterizedTest
  @EnumSource
  void workThatThrowsLeavesNoTraceAndWhatReturnsIsThere(TestDatabase kind) {
    try (var database = Database.open(kind.fresh(Counts.TABLES), Counts.TABLES)) {
      assertThatThrownBy(
              () ->
                  database.change(
                      sql -> {
                        add(sql);
                        throw new IllegalStateException("after the change");
                      }))
          .hasMessage("after the change");
      assertThat(database.<Integer>change(DatabaseTest::add)).isEqualTo(1);

      assertThat(database.<Long>reading(DatabaseTest::value)).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aDatabaseErrorIsToldUnderTheNameOfWhatIsKept(TestDatabase kind) {
    try (var database = Database.open(kind.fresh(Counts.TABLES), Counts.TABLES)) {
      assertThatThrownBy(() -> database.change(sql -> sql.change("UPDATE nothing SET value = 1")))
          .isInstanceOf(DatabaseUnavailable.class)
          .hasMessage("the tally did not do its work");
      assertThatThrownBy(() -> database.reading(sql -> sql.change("UPDATE nothing SET value = 1")))
          .isInstanceOf(DatabaseUnavailable.class);
      assertThatThrownBy(() -> database.writing(sql -> sql.change("UPDATE nothing SET value = 1")))
          .isInstanceOf(Sql.Fault.class);
    }
  }

  /// Of two transactions that read the same state and change it, PostgreSQL undoes the second.
  @Test
  void workThatTheDatabaseUndidForAnothersSakeIsRepeatedUnlessItIsForOnce() {
    try (var database =
        Database.open(TestDatabase.POSTGRESQL.fresh(Counts.TABLES), Counts.TABLES)) {
      var begun = new AtomicInteger();
      var met = new AtomicReference<Long>();

      database.change(sql -> afterAnother(database, sql, begun, met));
      assertThat(begun).hasValue(2);
      assertThat(met).hasValue(1L);
      assertThat(database.<Long>reading(DatabaseTest::value)).isEqualTo(2);

      begun.set(0);
      assertThatThrownBy(() -> database.writing(sql -> afterAnother(database, sql, begun, met)))
          .isInstanceOf(Sql.Fault.class);
      assertThat(begun).hasValue(1);
    }
  }

  /// Adds one, to a state that another has changed meanwhile when this is the first time.
  private static int afterAnother(
      Database database, Sql sql, AtomicInteger begun, AtomicReference<Long> met) {
    sql.change("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ");
    met.set(value(sql));
    if (begun.incrementAndGet() == 1) {
      database.change(DatabaseTest::add);
    }
    return add(sql);
  }

  @Test
  void aDatabaseWithoutTheTablesIsRefusedWithTheCommandToGive() {
    try (var server = PostgresServer.start()) {
      var settings = server.settings("", Duration.ofMinutes(2));
      assertThatThrownBy(() -> Database.open(settings, Counts.TABLES))
          .isInstanceOf(DatabaseUnavailable.class)
          .hasMessage(
              "its tables are not those of this program; give karuta tally migrate, as the role that owns them");

      Database.migrate(settings, Counts.TABLES);

      try (var database = Database.open(settings, Counts.TABLES)) {
        assertThat(database.<Long>reading(DatabaseTest::value)).isZero();
      }
    }
  }

  @Test
  void whoOpensAnExistingOneMakesNone() {
    var settings = DatabaseSettings.sqlite(directory.resolve("karuta.db"));

    assertThatThrownBy(() -> Database.openExisting(settings, Counts.TABLES))
        .isInstanceOf(DatabaseUnavailable.class)
        .hasMessageContaining("there is none at");
    assertThat(directory).isEmptyDirectory();

    Database.migrate(settings, Counts.TABLES);
    Database.openExisting(settings, Counts.TABLES).close();
  }

  @Test
  void theThreadThatWritesBearsTheNameOfWhatIsKept() {
    try (var database = Database.open(TestDatabase.SQLITE.fresh(Counts.TABLES), Counts.TABLES)) {
      assertThat(database.<String>change(_ -> Thread.currentThread().getName()))
          .isEqualTo("karuta-tally-writer");
    }
  }
}
