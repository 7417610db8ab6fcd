package karuta.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/// Connections to PostgreSQL on which no wait is without an end, and no commit is acknowledged before it is on disk.
///
/// The server's own limits (`lock_timeout`, `statement_timeout`) end neither a COMMIT that waits for a synchronous
/// standby nor anything at all once the server is silent. So the client has a limit of its own above them: a reply that
/// does not come in that time ends the connection, and what became of its transaction is unknown.
///
/// `synchronous_commit` is given with each connection, which outranks what is set for a role or a database later. A
/// pooler in between may drop what is given; so every new connection is asked what it got.
final class PostgresSource extends PGSimpleDataSource {
  private static final long serialVersionUID = 1;

  /// Object not in prerequisite state (PostgreSQL, appendix A).
  private static final String NOT_READY = "55000";

  private final boolean standby;

  private PostgresSource(DatabaseSettings settings) {
    this.standby = settings.requireStandby();
    setUrl(settings.url());
    setUser(settings.user());
    setPassword(settings.password().value());
    setConnectTimeout(seconds(settings.patience()));
    setLoginTimeout(seconds(settings.patience().multipliedBy(2)));
    setSocketTimeout(seconds(settings.patience().multipliedBy(3)));
    setTcpKeepAlive(true);
  }

  /// Connections as this program works with them.
  static PostgresSource of(DatabaseSettings settings) {
    var source = new PostgresSource(settings);
    var millis = settings.patience().toMillis();
    source.setOptions(
        ("-c synchronous_commit=on -c lock_timeout=%d -c statement_timeout=%d"
                + " -c idle_in_transaction_session_timeout=%d")
            .formatted(millis, 2 * millis, 12 * millis));
    return source;
  }

  /// Connections whose statements take as long as they take: changing a table of a million rows does.
  static PostgresSource forMigration(DatabaseSettings settings) {
    var source = new PostgresSource(settings);
    source.setOptions(
        "-c synchronous_commit=on -c lock_timeout=%d".formatted(settings.patience().toMillis()));
    source.setSocketTimeout(0);
    return source;
  }

  /// Connections that hold something while they are idle: the database ends one whose other side is gone.
  static PostgresSource forHolding(DatabaseSettings settings) {
    var source = of(settings);
    source.setOptions(
        source.getOptions()
            + " -c tcp_keepalives_idle=%1$d -c tcp_keepalives_interval=%1$d -c tcp_keepalives_count=3"
                .formatted(seconds(settings.patience())));
    return source;
  }

  /// Connections that show what the database does of itself.
  static PostgresSource asTheDatabaseIsSet(DatabaseSettings settings) {
    return new PostgresSource(settings);
  }

  /// Both ways to a connection come by here.
  @Override
  public Connection getConnection(@Nullable String user, @Nullable String password)
      throws SQLException {
    var connection = super.getConnection(user, password);
    try {
      Durability.require(new Sql(connection), standby);
      return connection;
    } catch (DatabaseUnavailable refused) {
      connection.close();
      throw new SQLException(refused.getMessage(), NOT_READY, refused);
    } catch (Sql.Fault fault) {
      connection.close();
      throw fault.error();
    }
  }

  private static int seconds(Duration time) {
    return Math.toIntExact(time.plusMillis(999).toSeconds());
  }
}
