package karuta.server.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import karuta.server.store.StoreSettings;
import karuta.server.store.StoreSettings.Password;

/// The two databases, real ones: SQLite in a file, and one PostgreSQL for the whole test run that is as careful with
/// the disk as a bank's and sorts texts as a Japanese one's may, which is not by their bytes.
public enum TestDatabase {
  SQLITE {
    @Override
    public StoreSettings fresh() {
      try {
        var directory = Files.createTempDirectory("karuta-store-");
        directory.toFile().deleteOnExit();
        return StoreSettings.sqlite(directory.resolve("karuta.db"));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  },
  POSTGRESQL {
    @Override
    public StoreSettings fresh() {
      var name = "karuta" + NUMBER.incrementAndGet();
      try (var connection = Server.RUNNING.getPostgresDatabase().getConnection();
          var statement = connection.createStatement()) {
        statement.execute("CREATE SCHEMA " + name);
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
      return new StoreSettings(
          Server.RUNNING.getJdbcUrl("postgres", "postgres") + "&currentSchema=" + name,
          "postgres",
          new Password("postgres"),
          8,
          Duration.ofSeconds(20));
    }
  };

  private static final AtomicInteger NUMBER = new AtomicInteger();

  /// Settings of a new, empty database; on PostgreSQL a schema, which costs next to nothing.
  public abstract StoreSettings fresh();

  /// One server a test run. It has a free port and a directory of its own, so a server that was left behind by a JVM that
  /// died is never joined; this one is ended by its own shutdown hook.
  private static final class Server {
    private static final EmbeddedPostgres RUNNING = start();

    private static EmbeddedPostgres start() {
      try {
        var data = Files.createTempDirectory("karuta-postgres-");
        return EmbeddedPostgres.builder()
            .setDataDirectory(data)
            .setOverrideWorkingDirectory(work().toFile())
            .setLocaleConfig("locale-provider", "icu")
            .setLocaleConfig("icu-locale", "ja-JP")
            .setLocaleConfig("encoding", "UTF8")
            .setServerConfig("fsync", "on")
            .setServerConfig("synchronous_commit", "on")
            .setServerConfig("full_page_writes", "on")
            .setServerConfig("max_connections", "200")
            .start();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /// The binaries are unpacked once a machine, not once a run.
    private static Path work() throws IOException {
      var path = Path.of(System.getProperty("java.io.tmpdir"), "karuta-postgres-binaries");
      return Files.createDirectories(path);
    }
  }
}
