package karuta.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/// PostgreSQL at READ COMMITTED: a guarded UPDATE waits for the row and then looks at it again, which is all the
/// locking the statements need. Servers that would acknowledge work before it is on disk are refused.
final class PostgresDatabase extends Database {
  /// Serialization failure and deadlock (PostgreSQL, appendix A).
  private static final Set<String> REPEAT = Set.of("40001", "40P01");

  private final HikariDataSource pool;
  private final boolean standby;

  private PostgresDatabase(HikariDataSource pool, boolean standby, Tables tables) {
    super(tables);
    this.pool = pool;
    this.standby = standby;
  }

  static PostgresDatabase connect(DatabaseSettings settings, Tables tables) {
    requireCareful(settings);
    HikariDataSource pool;
    try {
      pool = new HikariDataSource(pool(settings, tables));
    } catch (HikariPool.PoolInitializationException e) {
      throw unreachable(settings, e);
    }
    try {
      Migrations.requireApplied(pool, tables);
      return new PostgresDatabase(pool, settings.requireStandby(), tables);
    } catch (RuntimeException e) {
      pool.close();
      throw e;
    }
  }

  /// A migration may take longer than any other statement, so it has connections of its own.
  static void migrateTables(DatabaseSettings settings, Tables tables) {
    Migrations.apply(PostgresSource.forMigration(settings), tables);
  }

  private static HikariConfig pool(DatabaseSettings settings, Tables tables) {
    var config = new HikariConfig();
    config.setDataSource(PostgresSource.of(settings));
    config.setMaximumPoolSize(settings.connections());
    config.setMinimumIdle(Math.min(2, settings.connections()));
    config.setConnectionTimeout(settings.patience().toMillis());
    config.setValidationTimeout(settings.patience().dividedBy(2).toMillis());
    config.setAutoCommit(false);
    config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
    config.setPoolName("karuta-" + tables.name());
    return config;
  }

  /// A connection as the database gives it, before this program sets anything: a database that is careless of itself is
  /// refused, though this program would not work with it as it is set.
  private static void requireCareful(DatabaseSettings settings) {
    try {
      PostgresSource.asTheDatabaseIsSet(settings).getConnection().close();
    } catch (SQLException e) {
      throw unreachable(settings, e);
    }
  }

  private static DatabaseUnavailable unreachable(DatabaseSettings settings, Exception e) {
    return new DatabaseUnavailable(
        "the database at " + settings.place() + " cannot be used: " + reason(e), e);
  }

  @Override
  public <T> T writing(Function<Sql, T> work) {
    return within(_ -> {}, work);
  }

  @Override
  <T> T inOneState(Function<Sql, T> work) {
    return within(
        sql -> sql.begin("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"), work);
  }

  private <T> T within(Consumer<PostgresSql> begun, Function<Sql, T> work) {
    try (var connection = pool.getConnection()) {
      var sql = new PostgresSql(connection);
      begun.accept(sql);
      return inTransaction(sql, work);
    } catch (SQLException e) {
      throw new Sql.Fault(e);
    }
  }

  @Override
  boolean wantsRepetition(SQLException error) {
    return error.getSQLState() != null && REPEAT.contains(error.getSQLState());
  }

  @Override
  public boolean hasClock() {
    return true;
  }

  @Override
  public Instant clock(Sql sql) {
    var micros =
        sql.row(
                row -> row.getLong("micros"),
                "SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint AS micros")
            .orElseThrow();
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }

  @Override
  public void requireDurable(Sql sql) {
    Durability.require(sql, standby);
    Durability.requireStandbyConnected(sql);
  }

  @Override
  public void close() {
    pool.close();
  }
}
