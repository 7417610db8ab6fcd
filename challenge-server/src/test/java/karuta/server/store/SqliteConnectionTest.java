package karuta.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.util.concurrent.atomic.AtomicReference;
import karuta.server.testing.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The one connection that writes is in order again after whatever happened to it.
class SqliteConnectionTest {
  private final AtomicReference<Connection> writer = new AtomicReference<>();
  private SqliteDatabase database;

  @BeforeEach
  void open() {
    database = SqliteDatabase.open(TestDatabase.SQLITE.fresh());
    assertThat(write()).isEqualTo(1);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private int write() {
    return database.writing(
        connection -> {
          writer.set(connection);
          return new Sql(connection).change("UPDATE alarms SET raised_at = raised_at + 1");
        });
  }

  private long written() {
    return database.reading(
        connection ->
            new Sql(connection)
                .row(row -> row.getLong("raised_at"), "SELECT raised_at FROM alarms")
                .orElseThrow());
  }

  /// As after a ROLLBACK that the disk refused: a transaction is open, and none can begin.
  @Test
  void aTransactionThatWasLeftOpenIsEndedByTheNextThatCannotBegin() {
    new Sql(writer.get()).change("BEGIN IMMEDIATE");
    new Sql(writer.get()).change("UPDATE alarms SET raised_at = 1000");

    assertThatThrownBy(this::write).isInstanceOf(Sql.Fault.class);

    assertThat(write()).isEqualTo(1);
    assertThat(written()).isEqualTo(2);
  }

  @Test
  void aConnectionThatCannotBePutInOrderIsNotUsedAgain() {
    assertThatThrownBy(
            () ->
                database.writing(
                    connection -> {
                      new Sql(connection).change("ROLLBACK");
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
                    connection -> {
                      new Sql(connection).change("UPDATE alarms SET raised_at = 1000");
                      throw new AssertionError("on the way");
                    }))
        .isInstanceOf(AssertionError.class);

    assertThat(write()).isEqualTo(1);
    assertThat(written()).isEqualTo(2);
  }
}
