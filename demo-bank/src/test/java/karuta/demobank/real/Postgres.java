package karuta.demobank.real;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/// A real PostgreSQL on a free port, as careful with the disk as a bank's. It ends with this JVM, by its own hook.
final class Postgres {
  private Postgres() {}

  /// Starts it.
  ///
  /// @return the lines of a server's table `[store]`
  static String settings() {
    try {
      var folder = Files.createTempDirectory("karuta-postgres-");
      var running =
          EmbeddedPostgres.builder()
              .setDataDirectory(folder.resolve("data"))
              .setOverrideWorkingDirectory(work().toFile())
              .setServerConfig("fsync", "on")
              .setServerConfig("synchronous_commit", "on")
              .setServerConfig("full_page_writes", "on")
              .start();
      var password =
          Files.createFile(
              folder.resolve("password"),
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(password, "postgres");
      return """
          url = "jdbc:postgresql://127.0.0.1:%d/postgres"
          user = "postgres"
          password-file = "%s"
          """
          .formatted(running.getPort(), password);
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
