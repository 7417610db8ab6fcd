package karuta.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import karuta.demo.process.Child;
import karuta.demo.process.Logs;
import karuta.demo.process.Program;
import karuta.demo.process.Programs;
import org.jspecify.annotations.Nullable;

/// `karuta guard` in a process of its own, with the verifier token. It can be stopped and started again on the same
/// journal.
public final class Guard implements AutoCloseable {
  /// The claim `iss` of its receipts.
  public static final String RECEIPT_ISSUER = "karuta.development";

  /// The claim `aud` of its receipts.
  public static final String RECEIPT_AUDIENCE = "core-banking.development";

  /// What the path of a socket may have at most (unix(7)).
  private static final int LONGEST_PATH = 100;

  private static final String OWN = "rwx------";

  private final Home home;
  private final Programs programs;
  private final Path settings;
  private final Path socket;
  private @Nullable Child guard;

  /// Its settings are written once; what somebody changed in them stays.
  public Guard(Home home, Programs programs) {
    this.home = home;
    this.programs = programs;
    this.settings = home.path("verifier/guard.toml");
    this.socket = socketIn(home);
    if (!Files.exists(settings)) {
      write();
    }
  }

  /// Starts it and waits until it listens.
  public void start() {
    Logs.begin(home.guardLog());
    guard =
        Child.start(
            programs.jvm(Program.GUARD),
            Program.GUARD.main(),
            Child.Place.of(home.guardLog()).withToken(home.verifier()),
            "guard",
            "--config",
            settings.toString());
    guard.line("guarding ");
  }

  /// Where it listens.
  public Path socket() {
    return socket;
  }

  /// Its process.
  ///
  /// @throws IllegalStateException if it does not run
  public Child process() {
    if (guard == null) {
      throw new IllegalStateException("the guard does not run");
    }
    return guard;
  }

  /// Stops it in order.
  public void stop() {
    if (guard != null) {
      guard.close();
      guard = null;
    }
  }

  /// In the directory, unless its path is too long for a socket's.
  private static Path socketIn(Home home) {
    var usual = home.path("run");
    try {
      var directory = usual;
      if (usual.resolve("guard.sock").toString().length() > LONGEST_PATH) {
        directory = Files.createTempDirectory("karuta-guard.");
      } else {
        Files.createDirectories(usual);
      }
      Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString(OWN));
      return directory.resolve("guard.sock");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write() {
    try {
      var token = tokenTable(Files.readString(home.path("verifier/token.toml")));
      Files.writeString(
          settings,
          """
          # Written for development only. Every field: ./karuta guard --example

          [guard]
          name = "guard-1"
          socket = "%s"

          [[epoch]]
          record = "%s"

          [receipts]
          issuer = "%s"

          [journal]
          file = "../state/journal.db"

          %s
          """
              .formatted(socket, home.epochRecord().getFileName(), RECEIPT_ISSUER, token));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The table `[token]` without the role: that, and who has to approve, is for custodians' commands. A guard has a
  /// verifier token or none.
  private static String tokenTable(String file) {
    var table = file.substring(file.indexOf("[token]"));
    var next = table.indexOf("\n[");
    return (next < 0 ? table : table.substring(0, next + 1)).replace("role = \"verifier\"\n", "");
  }

  @Override
  public void close() {
    stop();
  }
}
