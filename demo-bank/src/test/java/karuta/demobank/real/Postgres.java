package karuta.demobank.real;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;

/// A real PostgreSQL on a port of its own, as careful with the disk as a bank's. It ends with this JVM, by its own
/// hook, or, when the JVM is killed, by a process that outlives it just long enough.
final class Postgres {
  /// Reads its standard input, into which nothing is ever written: it ends with the JVM that holds the other end.
  /// Signals to the whole group, such as Ctrl-C, leave this process to its task.
  private static final String WHEN_THE_JVM_HAS_ENDED =
      """
      trap '' HUP INT TERM
      cat
      read -r pid < "$1/data/postmaster.pid" && kill -QUIT "$pid"
      while kill -0 "$pid"; do sleep 0.1; done
      rm -rf "$1"
      """;

  private static final String OWNER = "postgres";

  private final int port;
  private final Path passwordFile;

  private Postgres(int port, Path passwordFile) {
    this.port = port;
    this.passwordFile = passwordFile;
  }

  /// The lines of a server's table `[store]`.
  String settings() {
    return """
        url = "jdbc:postgresql://127.0.0.1:%d/postgres"
        user = "%s"
        password-file = "%s"
        """
        .formatted(port, OWNER, passwordFile);
  }

  /// Where JDBC finds it, password and all.
  String url() {
    return "jdbc:postgresql://127.0.0.1:%d/postgres?user=%s&password=%s"
        .formatted(port, OWNER, OWNER);
  }

  /// Starts it.
  static Postgres start() {
    try {
      var folder = Files.createTempDirectory("karuta-postgres-");
      new ProcessBuilder("sh", "-c", WHEN_THE_JVM_HAS_ENDED, "sh", folder.toString())
          .redirectOutput(Redirect.DISCARD)
          .redirectError(Redirect.DISCARD)
          .start();
      var port = new ReservedPort();
      EmbeddedPostgres.builder()
          .setDataDirectory(folder.resolve("data"))
          .setOverrideWorkingDirectory(work().toFile())
          .setPort(port.number())
          .setPGStartupWait(Duration.ofMinutes(1))
          .setServerConfig("fsync", "on")
          .setServerConfig("synchronous_commit", "on")
          .setServerConfig("full_page_writes", "on")
          .start();
      var password =
          Files.createFile(
              folder.resolve("password"),
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(password, OWNER);
      return new Postgres(port.number(), password);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The binaries are unpacked once for a user of a machine, not once a run.
  private static Path work() throws IOException {
    return Files.createDirectories(
        Path.of(
            System.getProperty("java.io.tmpdir"),
            "karuta-postgres-binaries-" + System.getProperty("user.name")));
  }
}
