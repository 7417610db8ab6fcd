package karuta.server.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// PostgreSQL at READ COMMITTED: a guarded UPDATE waits for the row and then looks at it again, which is all the locking
/// the statements need. Servers that would acknowledge work before it is on disk are refused.
final class PostgresDatabase extends Database {
  /// Serialization failure and deadlock (PostgreSQL, appendix A).
  private static final Set<String> REPEAT = Set.of("40001", "40P01");

  private final HikariDataSource pool;

  private PostgresDatabase(HikariDataSource pool) {
    this.pool = pool;
  }

  static PostgresDatabase open(StoreSettings settings) {
    var config = new HikariConfig();
    config.setJdbcUrl(settings.url());
    config.setUsername(settings.user());
    config.setPassword(settings.password().value());
    config.setMaximumPoolSize(settings.connections());
    config.setMinimumIdle(Math.min(2, settings.connections()));
    config.setConnectionTimeout(settings.patience().toMillis());
    config.setAutoCommit(false);
    config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
    config.setPoolName("karuta-store");
    var millis = settings.patience().toMillis();
    config.addDataSourceProperty(
        "options",
        "-c lock_timeout=%d -c statement_timeout=%d -c idle_in_transaction_session_timeout=%d"
            .formatted(millis, 4 * millis, 12 * millis));
    HikariDataSource pool;
    try {
      pool = new HikariDataSource(config);
    } catch (HikariPool.PoolInitializationException e) {
      throw new StoreUnavailable(
          "the database at " + settings.place() + " cannot be reached: " + reason(e), e);
    }
    try {
      var database = new PostgresDatabase(pool);
      database.refuseForgetful();
      migrate(pool);
      return database;
    } catch (RuntimeException e) {
      pool.close();
      throw e;
    }
  }

  @Override
  <T> T writing(Function<Connection, T> work) {
    try (var connection = pool.getConnection()) {
      return inTransaction(connection, work);
    } catch (SQLException e) {
      throw new Sql.Fault(e);
    }
  }

  @Override
  <T> T reading(Function<Connection, T> work) {
    return writing(
        connection -> {
          new Sql(connection).change("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY");
          return work.apply(connection);
        });
  }

  @Override
  boolean wantsRepetition(SQLException error) {
    return error.getSQLState() != null && REPEAT.contains(error.getSQLState());
  }

  @Override
  public void close() {
    pool.close();
  }

  private void refuseForgetful() {
    try {
      for (var setting : List.of("fsync", "synchronous_commit", "full_page_writes")) {
        var value = writing(connection -> setting(connection, setting));
        if (value.equals(Optional.of("off"))) {
          throw new StoreUnavailable(
              "the database has %s off and may forget what it acknowledged; set it to on"
                  .formatted(setting));
        }
      }
    } catch (Sql.Fault fault) {
      throw new StoreUnavailable("the database does not answer", fault.error());
    }
  }

  private static Optional<String> setting(Connection connection, String name) {
    return new Sql(connection)
        .row(row -> row.getString("value"), "SELECT current_setting(?) AS value", name);
  }
}
