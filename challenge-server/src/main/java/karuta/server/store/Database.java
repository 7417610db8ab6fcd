package karuta.server.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.function.Function;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/// Where the two databases differ: how a connection is got, and which errors ask for a repetition.
abstract class Database implements AutoCloseable {
  /// Runs `work` in a transaction and commits it.
  ///
  /// @throws Sql.Fault for a database error
  abstract <T> T writing(Function<Connection, T> work);

  /// Runs `work` in a transaction that sees one state and keeps nothing.
  ///
  /// @throws Sql.Fault for a database error
  abstract <T> T reading(Function<Connection, T> work);

  /// Whether the database undid a transaction for the sake of others and would take it again.
  abstract boolean wantsRepetition(SQLException error);

  /// Whether the database has a clock that is the same for all who use it.
  abstract boolean hasClock();

  /// What that clock shows.
  abstract Instant clock(Sql sql);

  /// Looks whether what is acknowledged now is kept, before a check writes.
  ///
  /// @throws StoreUnavailable naming what is not as it must be
  abstract void requireDurable(Sql sql);

  @Override
  public abstract void close();

  static void migrate(DataSource source) {
    try {
      flyway(source).migrate();
    } catch (FlywayException e) {
      throw new StoreUnavailable(
          "the tables of the store cannot be brought up to date: " + reason(e), e);
    }
  }

  /// Looks whether the tables are those of this program, and changes nothing.
  static void requireMigrated(DataSource source) {
    try {
      var result = flyway(source).validateWithResult();
      if (!result.validationSuccessful) {
        throw new StoreUnavailable(
            "its tables are not those of this program; give karuta migrate, as the role that owns them");
      }
    } catch (FlywayException e) {
      throw new StoreUnavailable("its tables cannot be looked at: " + reason(e), e);
    }
  }

  private static Flyway flyway(DataSource source) {
    return Flyway.configure().dataSource(source).locations("classpath:db/migration").load();
  }

  /// What the database itself said, in one line. For operators at the start: nothing of a customer is under way then.
  static String reason(Throwable failure) {
    var cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
  }

  /// Runs, commits, and on any failure rolls back and throws it.
  ///
  /// A commit with a warning is none to tell of: PostgreSQL warns when an administrator has cancelled its wait for a
  /// standby, and the work is then on one disk only.
  static <T> T inTransaction(Connection connection, Function<Connection, T> work) {
    try {
      var result = work.apply(connection);
      connection.clearWarnings();
      connection.commit();
      var warning = connection.getWarnings();
      if (warning != null) {
        throw warning;
      }
      return result;
    } catch (SQLException e) {
      rollBack(connection, e);
      throw new Sql.Fault(e);
    } catch (RuntimeException | Error e) {
      rollBack(connection, e);
      throw e;
    }
  }

  private static void rollBack(Connection connection, Throwable cause) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      cause.addSuppressed(e);
    }
  }
}
