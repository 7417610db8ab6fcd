package karuta.server.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.function.Function;

/// PostgreSQL at READ COMMITTED: a guarded UPDATE waits for the row and then looks at it again, which is all the locking
/// the statements need. Servers that would acknowledge work before it is on disk are refused.
final class PostgresDatabase extends Database {
  /// Serialization failure and deadlock (PostgreSQL, appendix A).
  private static final Set<String> REPEAT = Set.of("40001", "40P01");

  private final HikariDataSource pool;
  private final boolean standby;

  private PostgresDatabase(HikariDataSource pool, boolean standby) {
    this.pool = pool;
    this.standby = standby;
  }

  static PostgresDatabase open(StoreSettings settings) {
    requireCareful(settings);
    HikariDataSource pool;
    try {
      pool = new HikariDataSource(pool(settings));
    } catch (HikariPool.PoolInitializationException e) {
      throw unreachable(settings, e);
    }
    try {
      requireMigrated(pool);
      return new PostgresDatabase(pool, settings.requireStandby());
    } catch (RuntimeException e) {
      pool.close();
      throw e;
    }
  }

  /// A migration may take longer than any other statement, so it has connections of its own.
  static void migrate(StoreSettings settings) {
    migrate(PostgresSource.forMigration(settings));
  }

  private static HikariConfig pool(StoreSettings settings) {
    var config = new HikariConfig();
    config.setDataSource(PostgresSource.of(settings));
    config.setMaximumPoolSize(settings.connections());
    config.setMinimumIdle(Math.min(2, settings.connections()));
    config.setConnectionTimeout(settings.patience().toMillis());
    config.setValidationTimeout(settings.patience().dividedBy(2).toMillis());
    config.setAutoCommit(false);
    config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
    config.setPoolName("karuta-store");
    return config;
  }

  /// A connection as the database gives it, before this program sets anything: a database that is careless of itself is
  /// refused, though the store would not work with it as it is set.
  private static void requireCareful(StoreSettings settings) {
    try {
      PostgresSource.asTheDatabaseIsSet(settings).getConnection().close();
    } catch (SQLException e) {
      throw unreachable(settings, e);
    }
  }

  private static StoreUnavailable unreachable(StoreSettings settings, Exception e) {
    return new StoreUnavailable(
        "the database at " + settings.place() + " cannot be used: " + reason(e), e);
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
  boolean hasClock() {
    return true;
  }

  @Override
  Instant clock(Sql sql) {
    var micros =
        sql.row(
                row -> row.getLong("micros"),
                "SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint AS micros")
            .orElseThrow();
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }

  @Override
  void requireDurable(Sql sql) {
    Durability.require(sql, standby);
    Durability.requireStandbyConnected(sql);
  }

  @Override
  public void close() {
    pool.close();
  }
}
