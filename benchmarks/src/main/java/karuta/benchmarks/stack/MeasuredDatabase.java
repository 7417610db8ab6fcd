package karuta.benchmarks.stack;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.stream.Stream;
import karuta.demo.Home;

/// A store's database as a measurement has it: what the server's configuration says of it, and a way past the server.
public interface MeasuredDatabase extends AutoCloseable {
  /// The lines of the table `[store]`.
  String configuration();

  /// A connection of its owner's.
  Connection connect() throws SQLException;

  /// The processes it runs in, which are none where it is part of the server.
  Stream<ProcessHandle> processes();

  @Override
  void close();

  /// Makes one.
  static MeasuredDatabase start(StoreKind kind, Home home) {
    return switch (kind) {
      case SQLITE -> new Sqlite(home.path("state/karuta.db"));
      case POSTGRESQL -> Postgres.start(home);
    };
  }

  /// The file that the server makes when it is started.
  record Sqlite(Path file) implements MeasuredDatabase {
    @Override
    public String configuration() {
      return "file = \"" + file + "\"";
    }

    @Override
    public Connection connect() throws SQLException {
      return DriverManager.getConnection("jdbc:sqlite:" + file);
    }

    @Override
    public Stream<ProcessHandle> processes() {
      return Stream.empty();
    }

    @Override
    public void close() {
      // the server has closed it
    }
  }

  /// With `fsync`, `synchronous_commit` and `full_page_writes` on, which are the defaults of PostgreSQL but not of who
  /// starts it here.
  record Postgres(EmbeddedPostgres server, Path data, Path password) implements MeasuredDatabase {
    private static final String USER = "postgres";

    static Postgres start(Home home) {
      var data = home.path("postgres");
      var password = home.path("server/password");
      try {
        home.make("server");
        Files.writeString(password, USER);
        Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-------"));
        var server =
            EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("shared_buffers", "512MB")
                .setServerConfig("max_wal_size", "4GB")
                .setServerConfig("max_connections", "100")
                .start();
        return new Postgres(server, data, password);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public String configuration() {
      return """
      url = "jdbc:postgresql://localhost:%d/postgres"
      user = "%s"
      password-file = "%s"
      """
          .formatted(server.getPort(), USER, password);
    }

    @Override
    public Connection connect() throws SQLException {
      return server.getPostgresDatabase().getConnection();
    }

    @Override
    public Stream<ProcessHandle> processes() {
      try {
        var pid = Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid")).getFirst());
        var postmaster = ProcessHandle.of(pid).orElseThrow();
        return Stream.concat(Stream.of(postmaster), postmaster.descendants());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() {
      try {
        server.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
