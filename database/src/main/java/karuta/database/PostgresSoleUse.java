package karuta.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// An advisory lock of PostgreSQL (section 13.3.5), held by a session that does nothing else.
///
/// The lock makes a name unique among running processes, so that everything recorded under a name was done by one
/// process at a time. Data stays correct without it, because every write under a name locks that name's row. So losing
/// the session is no reason to stop: it is checked every few seconds, and the lock is taken again in a new session. The
/// old session is ended first, since the database may believe it alive. Only if another process holds the name by then
/// does this process stop: somebody has started the other in its place.
///
/// A second process waits for a while before it is refused, because the session of a killed process may end a moment
/// later. If a host is lost, the database notices by TCP keepalives within four times the patience. A pooler that
/// shares one session among many clients (pgbouncer in transaction mode) cannot hold such a lock.
final class PostgresSoleUse extends SoleUse {
  /// Lock not available (PostgreSQL, appendix A): the wait was as long as `lock_timeout`.
  private static final String HELD = "55P03";

  private final PostgresSource source;
  private final String name;
  private final Runnable lost;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("karuta-sole-use").daemon().factory());

  /// Touched by one thread at a time: first by the one that takes it, then by the timer's.
  private Session session;

  /// @param number of its process on the server, which others may have after it
  /// @param began when, so that no other is meant
  private record Session(Connection connection, int number, Timestamp began) {}

  private PostgresSoleUse(PostgresSource source, String name, Runnable lost) throws SQLException {
    this.source = source;
    this.name = name;
    this.lost = lost;
    this.session = open();
  }

  static PostgresSoleUse takeName(DatabaseSettings settings, String name, Runnable lost) {
    try {
      var use = new PostgresSoleUse(PostgresSource.forHolding(settings), name, lost);
      var every = settings.patience().toMillis();
      var _ = use.timer.scheduleWithFixedDelay(use::look, every, every, TimeUnit.MILLISECONDS);
      return use;
    } catch (SQLException e) {
      throw new DatabaseUnavailable(
          HELD.equals(e.getSQLState())
              ? "another process goes by the name '%s' in it; stop that one first, or give this one another name"
                  .formatted(name)
              : "the name '%s' cannot be taken in it: %s".formatted(name, Database.reason(e)),
          e);
    }
  }

  private Session open() throws SQLException {
    var connection = source.getConnection();
    try {
      var opened =
          new Sql(connection)
              .row(
                  row -> new Session(connection, row.getInt("number"), row.getTimestamp("began")),
                  """
                  SELECT pid AS number, backend_start AS began FROM pg_stat_activity
                   WHERE pid = pg_backend_pid()
                  """)
              .orElseThrow();
      hold(connection);
      return opened;
    } catch (Sql.Fault fault) {
      connection.close();
      throw fault.error();
    }
  }

  /// The name in the schema that unqualified names stand in, which is where the tables are: advisory locks are of a
  /// database.
  private void hold(Connection connection) {
    new Sql(connection)
        .rows(
            row -> true,
            "SELECT pg_advisory_lock(hashtextextended(current_schema() || chr(10) || ?, 0))",
            name);
  }

  private void look() {
    if (alive()) {
      return;
    }
    var before = true;
    try {
      before = endTheOneBefore();
      session = open();
    } catch (SQLException e) {
      if (HELD.equals(e.getSQLState()) && !before) {
        timer.shutdown();
        lost.run();
      }
      // else this looks again: the one before has not ended yet, or the database is away, which
      // whoever works there says
    }
  }

  private boolean alive() {
    try {
      new Sql(session.connection()).row(row -> true, "SELECT 1");
      return true;
    } catch (Sql.Fault _) {
      return false;
    }
  }

  /// @return whether it was still there
  private boolean endTheOneBefore() throws SQLException {
    try (var connection = source.getConnection()) {
      return !new Sql(connection)
          .rows(
              row -> true,
              "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid = ? AND backend_start = ?",
              session.number(),
              session.began())
          .isEmpty();
    } catch (Sql.Fault fault) {
      throw fault.error();
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
    try {
      session.connection().close();
    } catch (SQLException _) {
      // ended before
    }
  }
}
