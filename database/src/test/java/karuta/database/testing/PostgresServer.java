package karuta.database.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import karuta.database.DatabaseSettings;
import karuta.database.DatabaseSettings.Password;

/// A PostgreSQL that is as careful with the disk as a bank's and sorts texts as a Japanese one's may, which is not by
/// their bytes. Its processes can be stopped and let go on, and it can have a standby: a copy of it that follows it.
public final class PostgresServer implements AutoCloseable {
  private static final int TRIES = 5;
  private static final int LOWEST_PORT = 15_000;

  private final EmbeddedPostgres running;
  private final Path data;

  private PostgresServer(EmbeddedPostgres running, Path data) {
    this.running = running;
    this.data = data;
  }

  /// Starts a server with an empty database, in a directory of its own.
  public static PostgresServer start() {
    return start(Scratch.directory("postgres"), Map.of());
  }

  /// Starts one with settings of its own, which nobody can change while it runs.
  public static PostgresServer with(Map<String, String> settings) {
    return start(Scratch.directory("postgres"), settings);
  }

  private static PostgresServer start(Path data, Map<String, String> settings) {
    for (var tried = 1; ; tried++) {
      try {
        var builder =
            EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setOverrideWorkingDirectory(work().toFile())
                .setPort(port())
                .setPGStartupWait(TestDatabase.PATIENCE)
                .setLocaleConfig("locale-provider", "icu")
                .setLocaleConfig("icu-locale", "ja-JP")
                .setLocaleConfig("encoding", "UTF8")
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("max_connections", "200");
        settings.forEach(builder::setServerConfig);
        return new PostgresServer(builder.start(), data);
      } catch (IOException | IllegalStateException e) {
        if (tried == TRIES) {
          throw new IllegalStateException(e);
        }
      }
    }
  }

  /// Settings of a database on it.
  ///
  /// @param parameters of the URL
  public DatabaseSettings settings(String parameters, Duration patience) {
    return new DatabaseSettings(
        "jdbc:postgresql://localhost:%d/postgres?%s".formatted(running.getPort(), parameters),
        "postgres",
        new Password("postgres"),
        8,
        patience,
        false);
  }

  /// A connection of its administrator.
  public Connection connect() throws SQLException {
    return running.getPostgresDatabase().getConnection();
  }

  /// Has its administrator do something.
  public void execute(String... statements) {
    try (var connection = connect();
        var statement = connection.createStatement()) {
      for (var text : statements) {
        statement.execute(text);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Sets something for the whole server, by its administrator, who waits for no standby.
  public void set(String name, String value) {
    execute(
        "SET synchronous_commit = off",
        "ALTER SYSTEM SET %s = '%s'".formatted(name, value),
        "SELECT pg_reload_conf()");
    await("SHOW " + name, value);
  }

  /// The administrator's view, a text in one row and column.
  public String ask(String query) {
    try (var connection = connect();
        var statement = connection.createStatement();
        var row = statement.executeQuery(query)) {
      row.next();
      return String.valueOf(row.getString(1));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Waits until the administrator's query says so.
  public void await(String query, String answer) {
    while (!ask(query).equals(answer)) {
      if (Thread.interrupted()) {
        throw new AssertionError("not " + answer + ": " + query);
      }
    }
  }

  /// Stops every process of the server, as a host that has lost its power or its network does for whoever is connected:
  /// nothing is closed, nothing answers.
  public void fallSilent() {
    signal("STOP", processes());
  }

  /// Stops the process of a standby that writes what the primary sends.
  public void stopReceiving() {
    signal("STOP", processes().filter(process -> title(process).contains("walreceiver")));
  }

  /// Lets what was stopped go on.
  public void goOn() {
    signal("CONT", processes());
  }

  /// Makes a copy of this server that follows it, and has every commit wait for it from now on.
  public PostgresServer standby() {
    var copy = Scratch.directory("standby");
    try (var connection = connect();
        var statement = connection.createStatement()) {
      statement.execute("SELECT pg_backup_start('standby', true)");
      copy(copy);
      try (var row = statement.executeQuery("SELECT labelfile FROM pg_backup_stop()")) {
        row.next();
        Files.writeString(copy.resolve("backup_label"), row.getString(1));
      }
      Files.createFile(copy.resolve("standby.signal"));
      Files.writeString(
          copy.resolve("postgresql.auto.conf"),
          "primary_conninfo = 'host=127.0.0.1 port=%d user=postgres application_name=standby'\n"
              .formatted(running.getPort()));
    } catch (SQLException | IOException e) {
      throw new IllegalStateException(e);
    }
    var standby = start(copy, Map.of());
    execute("ALTER SYSTEM SET synchronous_standby_names = 'standby'", "SELECT pg_reload_conf()");
    await("SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'sync'", "1");
    return standby;
  }

  /// All but the lock, and the stretch of the log that the copy gets from the primary itself.
  private void copy(Path to) throws IOException {
    try (var files = Files.walk(data)) {
      for (var file : files.toList()) {
        var name = data.relativize(file).toString();
        if (name.isEmpty() || name.startsWith("postmaster.") || name.startsWith("pg_wal/0")) {
          continue;
        }
        var copied = to.resolve(name);
        try {
          Files.copy(file, copied, StandardCopyOption.COPY_ATTRIBUTES);
        } catch (java.nio.file.NoSuchFileException _) {
          // removed since it was listed, as the rules of a backup allow
        }
      }
    }
    Files.setPosixFilePermissions(
        to, java.nio.file.attribute.PosixFilePermissions.fromString("rwx------"));
  }

  private Stream<ProcessHandle> processes() {
    try {
      var lines = Files.readAllLines(data.resolve("postmaster.pid"));
      var server = ProcessHandle.of(Long.parseLong(lines.getFirst().strip())).orElseThrow();
      return Stream.concat(Stream.of(server), server.descendants());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String title(ProcessHandle process) {
    try {
      return Files.readString(
          Path.of("/proc", String.valueOf(process.pid()), "cmdline"), StandardCharsets.ISO_8859_1);
    } catch (IOException _) {
      return "";
    }
  }

  private static void signal(String name, Stream<ProcessHandle> processes) {
    try {
      for (var process : processes.toList()) {
        var words = List.of("kill", "-" + name, String.valueOf(process.pid()));
        var _ = new ProcessBuilder(words).start().waitFor();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /// PostgreSQL cannot choose a port itself, and between the choice and its start lie seconds. So the port is none of
  /// those the system gives to every connection that is made meanwhile.
  private static int port() throws IOException {
    var range = Path.of("/proc/sys/net/ipv4/ip_local_port_range");
    var end =
        Files.exists(range)
            ? Integer.parseInt(Files.readString(range).strip().split("\\s+", -1)[0])
            : 32_768;
    while (true) {
      var port =
          ThreadLocalRandom.current().nextInt(LOWEST_PORT, Math.max(end, LOWEST_PORT + 5_000));
      try (var taken = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return taken.getLocalPort();
      } catch (IOException _) {
        // somebody has it: another
      }
    }
  }

  /// The binaries are unpacked once a machine and user, not once a run.
  private static Path work() throws IOException {
    return Files.createDirectories(
        Path.of(
            System.getProperty("java.io.tmpdir"),
            "karuta-postgres-binaries-" + System.getProperty("user.name")));
  }

  @Override
  public void close() {
    goOn();
    try {
      running.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
