package karuta.server.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import karuta.server.store.Store;
import karuta.server.store.StoreSettings;
import karuta.server.store.StoreSettings.Password;

/// The two databases, real ones: SQLite in a file, and one PostgreSQL for the whole test run that is as careful with
/// the disk as a bank's and sorts texts as a Japanese one's may, which is not by their bytes.
public enum TestDatabase {
  SQLITE {
    @Override
    public StoreSettings fresh() {
      var file = Scratch.directory("store").resolve("karuta.db");
      try {
        Files.copy(Template.FILE, file, StandardCopyOption.COPY_ATTRIBUTES);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return inFile(file);
    }

    @Override
    public void awaitEndOfOthers(StoreSettings settings) {
      // what a process had begun ends with the process
    }
  },
  POSTGRESQL {
    @Override
    public StoreSettings fresh() {
      return on(Server.RUNNING);
    }

    @Override
    public void awaitEndOfOthers(StoreSettings settings) {
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

  /// Longer than a busy machine needs: how long a store waits is the subject of no test that takes these settings.
  static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final AtomicInteger NUMBER = new AtomicInteger();

  /// Settings of a new database with empty tables: a schema of its own on PostgreSQL, a copied file on SQLite, because a copy is
  /// cheaper than making them.
  public abstract StoreSettings fresh();

  /// Waits until whoever worked on that database is gone, after his process was killed: a server of its own goes on with
  /// the commit it was given.
  public abstract void awaitEndOfOthers(StoreSettings settings);

  /// Settings of a new, empty database on a server of the test's own.
  public static StoreSettings on(PostgresServer server) {
    var name = "karuta" + NUMBER.incrementAndGet();
    server.execute("CREATE SCHEMA " + name);
    // the name tells the connections of one store from those of all others
    var settings =
        server.settings("currentSchema=%s&ApplicationName=%s".formatted(name, name), PATIENCE);
    Store.migrateOrMake(settings);
    return settings;
  }

  /// The same database as another process knows it.
  ///
  /// @param url the settings' URL
  public static StoreSettings existing(String url, String user) {
    return new StoreSettings(url, user, new Password("postgres"), 8, PATIENCE, false);
  }

  private static StoreSettings inFile(Path file) {
    return new StoreSettings("jdbc:sqlite:" + file, "", new Password(""), 4, PATIENCE, false);
  }

  /// A SQLite database with its tables, as the store makes it.
  private static final class Template {
    private static final Path FILE = make();

    private static Path make() {
      var file = Scratch.directory("template").resolve("karuta.db");
      Store.open(inFile(file)).close();
      return file;
    }
  }

  /// One server for the test run; it is ended by its own shutdown hook, or by the caretaker of [Scratch].
  private static final class Server {
    private static final PostgresServer RUNNING = PostgresServer.start();
  }
}
