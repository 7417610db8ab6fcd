package karuta.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.util.concurrent.atomic.AtomicReference;
import karuta.database.testing.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The one connection that writes is in order again after whatever happened to it.
class SqliteConnectionTest {
  private final AtomicReference<Connection> writer = new AtomicReference<>();
  private SqliteDatabase database;

  @BeforeEach
  void open() {
    database = SqliteDatabase.openFile(TestDatabase.SQLITE.fresh(Counts.TABLES), Counts.TABLES);
    assertThat(write()).isEqualTo(1);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private int write() {
    return database.writing(
        sql -> {
          writer.set(sql.connection());
          return sql.change("UPDATE counts SET value = value + 1");
        });
  }

  private long written() {
    return database.reading(
        sql -> sql.row(row -> row.getLong("value"), "SELECT value FROM counts").orElseThrow());
  }

  /// As after a ROLLBACK that the disk refused: a transaction is open, and none can begin.
  @Test
  void aTransactionThatWasLeftOpenIsEndedByTheNextThatCannotBegin() {
    new Sql(writer.get()).change("BEGIN IMMEDIATE");
    new Sql(writer.get()).change("UPDATE counts SET value = 1000");

    assertThatThrownBy(this::write).isInstanceOf(Sql.Fault.class);

    assertThat(write()).isEqualTo(1);
    assertThat(written()).isEqualTo(2);
  }

  @Test
  void aConnectionThatCannotBePutInOrderIsNotUsedAgain() {
    assertThatThrownBy(
            () ->
                database.writing(
                    sql -> {
                      sql.change("ROLLBACK");
                      throw new IllegalStateException("as if the rollback had failed");
                    }))
        .isInstanceOf(IllegalStateException.class);
    var before = writer.get();

    assertThat(write()).isEqualTo(1);

    assertThat(writer.get()).isNotSameAs(before);
    assertThat(written()).isEqualTo(2);
  }

  @Test
  void anErrorOnTheWayLeavesNothingBehind() {
    assertThatThrownBy(
            () ->
                database.writing(
                    sql -> {
                      sql.change("UPDATE counts SET value = 1000");
                      throw new AssertionError("on the way");
                    }))
        .isInstanceOf(AssertionError.class);

    assertThat(write()).isEqualTo(1);
    assertThat(written()).isEqualTo(2);
  }
}
