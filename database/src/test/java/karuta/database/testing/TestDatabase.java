package karuta.database.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import karuta.database.Database;
import karuta.database.DatabaseSettings;
import karuta.database.DatabaseSettings.Password;
import karuta.database.Tables;

/// The two databases, real ones: SQLite in a file, and one PostgreSQL for the whole test run that is as careful with
/// the disk as a bank's and sorts texts as a Japanese one's may, which is not by their bytes.
public enum TestDatabase {
  SQLITE {
    @Override
    public DatabaseSettings fresh(Tables tables) {
      var file = Scratch.directory(tables.name()).resolve("karuta.db");
      try {
        Files.copy(
            TEMPLATES.computeIfAbsent(tables, TestDatabase::template),
            file,
            StandardCopyOption.COPY_ATTRIBUTES);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return inFile(file);
    }

    @Override
    public void awaitEndOfOthers(DatabaseSettings settings) {
      // what a process had begun ends with the process
    }
  },
  POSTGRESQL {
    @Override
    public DatabaseSettings fresh(Tables tables) {
      return on(Server.RUNNING, tables);
    }

    @Override
    public void awaitEndOfOthers(DatabaseSettings settings) {
      try (var connection =
              DriverManager.getConnection(settings.url(), settings.user(), "postgres");
          var others =
              connection.prepareStatement(
                  """
                  SELECT count(*), pg_sleep(0.005) FROM pg_stat_activity
                  WHERE application_name = current_setting('application_name')
                  AND pid <> pg_backend_pid()
                  """)) {
        while (true) {
          try (var row = others.executeQuery()) {
            row.next();
            if (row.getInt(1) == 0) {
              return;
            }
          }
          if (Thread.interrupted()) {
            throw new AssertionError("somebody is still connected to " + settings.place());
          }
        }
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }
  };

  /// Longer than a busy machine needs: how long a database is waited for is the subject of no test that takes these
  /// settings.
  static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final Map<Tables, Path> TEMPLATES = new ConcurrentHashMap<>();
  private static final AtomicInteger NUMBER = new AtomicInteger();

  /// Settings of a new database with empty tables: a schema of its own on PostgreSQL, a copied file on SQLite, because
  /// a copy is cheaper than making them.
  public abstract DatabaseSettings fresh(Tables tables);

  /// Waits, after a process that worked on that database was killed, until its work there has ended: a database that is
  /// a server of its own goes on with the commit it was given.
  public abstract void awaitEndOfOthers(DatabaseSettings settings);

  /// Settings of a new, empty database on a server of the test's own.
  public static DatabaseSettings on(PostgresServer server, Tables tables) {
    var name = "karuta" + NUMBER.incrementAndGet();
    server.execute("CREATE SCHEMA " + name);
    // the name tells the connections of one test from those of all others
    var settings =
        server.settings("currentSchema=%s&ApplicationName=%s".formatted(name, name), PATIENCE);
    Database.migrateOrMake(settings, tables);
    return settings;
  }

  /// The same database as another process knows it.
  ///
  /// @param url the settings' URL
  public static DatabaseSettings existing(String url, String user) {
    return new DatabaseSettings(url, user, new Password("postgres"), 8, PATIENCE, false);
  }

  /// The same database for somebody with another patience.
  public static DatabaseSettings patient(DatabaseSettings settings, Duration patience) {
    return new DatabaseSettings(
        settings.url(),
        settings.user(),
        settings.password(),
        settings.connections(),
        patience,
        settings.requireStandby());
  }

  /// The same database for somebody who has to have a standby, and waits no longer than this.
  public static DatabaseSettings withStandby(DatabaseSettings settings, Duration patience) {
    return new DatabaseSettings(
        settings.url(),
        settings.user(),
        settings.password(),
        settings.connections(),
        patience,
        true);
  }

  private static DatabaseSettings inFile(Path file) {
    return new DatabaseSettings("jdbc:sqlite:" + file, "", new Password(""), 4, PATIENCE, false);
  }

  /// A SQLite database with its tables, as the program makes it.
  private static Path template(Tables tables) {
    var file = Scratch.directory("template").resolve("karuta.db");
    Database.open(inFile(file), tables).close();
    return file;
  }

  /// One server for the test run; it is ended by its own shutdown hook, or by the caretaker of [Scratch].
  private static final class Server {
    private static final PostgresServer RUNNING = PostgresServer.start();
  }
}
