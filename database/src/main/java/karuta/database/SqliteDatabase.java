package karuta.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Instant;
import java.util.function.Function;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteDataSource;

/// SQLite in WAL mode with every commit flushed to disk. One thread holds the one connection that writes; readers have
/// others and are never in its way.
///
/// Many writing connections would only wait for each other inside SQLite, unfairly and with errors at the end of their
/// patience; one lane waits outside, in order.
final class SqliteDatabase extends Database {
  private final HikariDataSource readers;
  private final WriterLane lane;

  private SqliteDatabase(HikariDataSource readers, WriterLane lane, Tables tables) {
    super(tables);
    this.readers = readers;
    this.lane = lane;
  }

  static SqliteDatabase openFile(DatabaseSettings settings, Tables tables) {
    createPrivately(file(settings));
    var source = source(settings);
    Migrations.apply(source, tables);
    var config = new HikariConfig();
    config.setDataSource(source);
    config.setMaximumPoolSize(settings.connections());
    config.setMinimumIdle(1);
    config.setConnectionTimeout(settings.patience().toMillis());
    config.setAutoCommit(false);
    config.setPoolName("karuta-%s-readers".formatted(tables.name()));
    return new SqliteDatabase(
        new HikariDataSource(config),
        new WriterLane(source, settings.patience(), tables.name()),
        tables);
  }

  @Override
  public <T> T writing(Function<Sql, T> work) {
    return lane.run(connection -> immediately(new Sql(connection), work));
  }

  @Override
  <T> T inOneState(Function<Sql, T> work) {
    try (var connection = readers.getConnection()) {
      return inTransaction(new Sql(connection), work);
    } catch (SQLException e) {
      throw new Sql.Fault(e);
    }
  }

  /// A transaction that has the write lock from its start. The driver's own begins the next one as soon as the last has
  /// ended and would keep the lock between two pieces of work, so the statements are given by hand.
  private static <T> T immediately(Sql sql, Function<Sql, T> work) {
    try {
      sql.change("BEGIN IMMEDIATE");
      var result = work.apply(sql);
      sql.change("COMMIT");
      return result;
    } catch (RuntimeException | Error e) {
      rollBack(sql, e);
      throw e;
    }
  }

  /// Whatever could not begin, or did not end, is ended here. A connection that does not even roll back is closed, and
  /// the lane makes another: one that stayed in a transaction could begin no other for ever.
  private static void rollBack(Sql sql, Throwable cause) {
    try {
      sql.change("ROLLBACK");
    } catch (Sql.Fault fault) {
      cause.addSuppressed(fault);
      try {
        sql.connection().close();
      } catch (SQLException e) {
        cause.addSuppressed(e);
      }
    }
  }

  /// Never: whoever writes has the write lock from the start, so no transaction is undone for another.
  @Override
  boolean wantsRepetition(SQLException error) {
    return false;
  }

  @Override
  public boolean hasClock() {
    return false;
  }

  @Override
  public Instant clock(Sql sql) {
    throw new UnsupportedOperationException("SQLite has the machine's clock");
  }

  @Override
  public void requireDurable(Sql sql) {
    // its connections are made by this process alone, each with synchronous=FULL
  }

  @Override
  public void close() {
    lane.close();
    readers.close();
  }

  private static SQLiteDataSource source(DatabaseSettings settings) {
    var config = new SQLiteConfig();
    config.setJournalMode(JournalMode.WAL);
    config.setSynchronous(SynchronousMode.FULL);
    config.enforceForeignKeys(true);
    config.setBusyTimeout(Math.toIntExact(settings.patience().toMillis()));
    var source = new SQLiteDataSource(config);
    source.setUrl(settings.url());
    return source;
  }

  /// SQLite gives its log and index files the mode of the database file, so this one mode keeps all three private.
  private static void createPrivately(Path file) {
    try {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    } catch (FileAlreadyExistsException e) {
      // Opened as it is.
    } catch (IOException e) {
      throw new DatabaseUnavailable(
          "the file " + file + " cannot be created; create its directory, writable by this user",
          e);
    }
  }
}
