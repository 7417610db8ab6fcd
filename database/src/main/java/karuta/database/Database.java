package karuta.database;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.function.Function;
import java.util.function.LongSupplier;

/// A program's own database, SQLite or PostgreSQL.
///
/// Work runs in one transaction and is on disk when the call returns. If the work throws, the transaction is rolled
/// back. After a database error nobody knows whether a commit that was under way took place; so whatever must not
/// happen twice needs a key by which a repetition is recognised.
public abstract class Database implements AutoCloseable {
  private static final int TRIES = 5;
  private static final String SQLITE = "jdbc:sqlite:";

  private final Tables tables;

  Database(Tables tables) {
    this.tables = tables;
  }

  /// Opens a database. The tables of a SQLite file are brought up to date; those of PostgreSQL have to be, by
  /// [#migrate].
  ///
  /// @throws DatabaseUnavailable if it cannot be reached, would lose acknowledged work, or its tables are not those of
  ///     this program
  public static Database open(DatabaseSettings settings, Tables tables) {
    return isSqlite(settings)
        ? SqliteDatabase.openFile(settings, tables)
        : PostgresDatabase.connect(settings, tables);
  }

  /// Opens a database as [#open] does, but makes no new one.
  public static Database openExisting(DatabaseSettings settings, Tables tables) {
    if (isSqlite(settings) && !Files.exists(file(settings))) {
      throw new DatabaseUnavailable("there is none at " + settings.url());
    }
    return open(settings, tables);
  }

  /// Brings the tables up to date, in the role that owns them.
  ///
  /// @throws DatabaseUnavailable if that cannot be done, or would make second tables in a database that has them
  public static void migrate(DatabaseSettings settings, Tables tables) {
    if (!isSqlite(settings)) {
      OtherTables.requireNone(settings, tables);
    }
    migrateOrMake(settings, tables);
  }

  /// Does the same in a database that may have such tables in another schema.
  public static void migrateOrMake(DatabaseSettings settings, Tables tables) {
    if (isSqlite(settings)) {
      SqliteDatabase.openFile(settings, tables).close();
    } else {
      PostgresDatabase.migrateTables(settings, tables);
    }
  }

  static boolean isSqlite(DatabaseSettings settings) {
    return settings.url().startsWith(SQLITE);
  }

  /// The file of a SQLite database.
  static Path file(DatabaseSettings settings) {
    return Path.of(settings.url().substring(SQLITE.length()));
  }

  /// Runs work that touches nothing but the database: repeated from its start when the database asks for it.
  ///
  /// @throws DatabaseUnavailable for a database error
  public final <T> T change(Function<Sql, T> work) {
    for (var tried = 1; ; tried++) {
      try {
        return writing(work);
      } catch (Sql.Fault fault) {
        if (tried == TRIES || !wantsRepetition(fault.error())) {
          throw unavailable(fault);
        }
      }
    }
  }

  /// Runs work once, whatever becomes of it: for work that does more than its statements.
  ///
  /// @throws Sql.Fault for a database error
  public abstract <T> T writing(Function<Sql, T> work);

  /// Runs work that only reads, and sees one state of the database throughout.
  ///
  /// @throws DatabaseUnavailable for a database error
  public final <T> T reading(Function<Sql, T> work) {
    try {
      return inOneState(work);
    } catch (Sql.Fault fault) {
      throw unavailable(fault);
    }
  }

  /// Runs `work` in a transaction that sees one state and keeps nothing.
  ///
  /// @throws Sql.Fault for a database error
  abstract <T> T inOneState(Function<Sql, T> work);

  /// What a database error is told as, beyond whoever has to know that it was one.
  public final DatabaseUnavailable unavailable(Sql.Fault fault) {
    for (Throwable cause = fault.error(); cause != null; cause = cause.getCause()) {
      if (cause instanceof DatabaseUnavailable refused) {
        return refused;
      }
    }
    return new DatabaseUnavailable(
        "the %s did not do its work".formatted(tables.name()), fault.error());
  }

  /// Whether the database undid a transaction for the sake of others and would take it again.
  abstract boolean wantsRepetition(SQLException error);

  /// Whether the database has a clock that is the same for all who use it.
  public abstract boolean hasClock();

  /// What that clock shows.
  public abstract Instant clock(Sql sql);

  /// Reads that clock: the statement alone is between the two values of the counter, not the wait for a connection.
  final DatabaseClock.Reading readClock(LongSupplier nanoClock) {
    return reading(
        sql -> {
          var began = nanoClock.getAsLong();
          var at = clock(sql);
          return DatabaseClock.Reading.between(began, at, nanoClock.getAsLong());
        });
  }

  /// Looks whether what is acknowledged now is kept, before a check writes.
  ///
  /// @throws DatabaseUnavailable naming what is not as it must be
  public abstract void requireDurable(Sql sql);

  @Override
  public abstract void close();

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
  static <T> T inTransaction(Sql sql, Function<Sql, T> work) {
    var connection = sql.connection();
    try {
      var result = work.apply(sql);
      sql.finish();
      connection.clearWarnings();
      connection.commit();
      var warning = connection.getWarnings();
      if (warning != null) {
        throw warning;
      }
      return result;
    } catch (SQLException e) {
      rollBack(sql, e);
      throw new Sql.Fault(e);
    } catch (RuntimeException | Error e) {
      rollBack(sql, e);
      throw e;
    }
  }

  private static void rollBack(Sql sql, Throwable cause) {
    try {
      sql.connection().rollback();
    } catch (SQLException e) {
      cause.addSuppressed(e);
    }
  }
}
