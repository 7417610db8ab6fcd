package karuta.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import karuta.database.testing.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What waits is run before anything that comes after it, and never after the commit.
class PostgresSqlTest {
  private static final String ADD = "UPDATE counts SET value = value + ?";
  private static final String NONE = "UPDATE counts SET value = 7 WHERE value < ?";
  private static final Sql.Held HELD = new Sql.Held("counts", "value", "value");

  private final Database database =
      Database.open(TestDatabase.POSTGRESQL.fresh(Counts.TABLES), Counts.TABLES);

  @AfterEach
  void close() {
    database.close();
  }

  private static long value(Sql sql) {
    return sql.row(row -> row.getLong("value"), "SELECT value FROM counts").orElseThrow();
  }

  @Test
  void whatWaitsIsSeenByWhatIsReadAfterIt() {
    var seen =
        database.<Long>change(
            sql -> {
              sql.changeOne(ADD, 3);
              sql.changeOne(ADD, 4);
              var first = value(sql);
              sql.changeOne(ADD, 5);
              return first * 100 + value(sql);
            });
    assertThat(seen).isEqualTo(712);
    assertThat(database.<Long>reading(PostgresSqlTest::value)).isEqualTo(12);
  }

  /// More than go in one message, so some are sent before the end.
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 15, 16, 17, 40})
  void whatWaitsAtTheEndIsCommitted(int changes) {
    database.change(
        sql -> {
          for (var i = 0; i < changes; i++) {
            sql.changeOne(ADD, 1);
          }
          return true;
        });
    assertThat(database.<Long>reading(PostgresSqlTest::value)).isEqualTo(changes);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aChangeThatMeetsNoRowUndoesAllWhetherItIsTheLastOrNot(boolean last) {
    assertThatThrownBy(
            () ->
                database.change(
                    sql -> {
                      sql.changeOne(ADD, 3);
                      sql.changeOne(NONE, -1);
                      if (!last) {
                        sql.changeOne(ADD, 4);
                      }
                      return true;
                    }))
        .isInstanceOf(InvariantBroken.class)
        .hasMessageContaining("met 0 rows");
    assertThat(database.<Long>reading(PostgresSqlTest::value)).isZero();
  }

  @Test
  void whatWaitsIsForgottenWithItsTransaction() {
    assertThatThrownBy(
            () ->
                database.change(
                    sql -> {
                      sql.changeOne(ADD, 3);
                      throw new IllegalStateException("no more");
                    }))
        .hasMessage("no more");
    assertThat(database.<Long>reading(PostgresSqlTest::value)).isZero();
  }

  @Test
  void aCountIsThatOfTheChangeAndNotOfWhatWentBeforeIt() {
    var met =
        database.<Integer>change(
            sql -> {
              sql.changeOne(ADD, 3);
              return sql.change(NONE, -1);
            });
    assertThat(met).isZero();
    assertThat(database.<Long>reading(PostgresSqlTest::value)).isEqualTo(3);
  }

  /// On both databases: whoever holds a row is alone with it until the end, and sees what others did before.
  @ParameterizedTest
  @EnumSource
  void aRowIsHeldByOneAtATime(TestDatabase kind) throws Exception {
    try (var shared = Database.open(kind.fresh(Counts.TABLES), Counts.TABLES)) {
      var held = new CountDownLatch(1);
      var first =
          CompletableFuture.runAsync(
              () ->
                  shared.change(
                      sql -> {
                        var before = hold(sql);
                        held.countDown();
                        sql.changeOne("UPDATE counts SET value = ?", before.orElseThrow() + 1);
                        return true;
                      }));
      held.await();
      var second =
          shared.<Boolean>change(
              sql -> {
                sql.changeOne("UPDATE counts SET value = ?", hold(sql).orElseThrow() + 1);
                return true;
              });
      first.get();
      assertThat(second).isTrue();
      assertThat(shared.<Long>reading(PostgresSqlTest::value)).isEqualTo(2);
    }
  }

  private static Optional<Long> hold(Sql sql) {
    return sql.hold(row -> row.getLong("value"), HELD, "value >= ?", 0);
  }
}
