package karuta.provisioning.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import karuta.testing.TestJvm;

/// Custodians at a host with one token. They carry out one command after another, in one process.
public final class Custodians implements AutoCloseable {
  private final Program desk;

  /// @param tokenHome where SoftHSM's configuration lies, or will lie
  /// @param directory where the commands run
  /// @param log what the host's loggers say is appended to this file
  /// @param options the JVM's own
  public Custodians(Path tokenHome, Path directory, Path log, String... options) {
    desk =
        Program.start(
            TestJvm.words(Desk.class, List.of(options)),
            log,
            directory,
            Program.softHsm(tokenHome.toAbsolutePath()));
  }

  /// Begins a command that may wait for others.
  public Begun begin(String... words) {
    try {
      var begun =
          new Begun(Files.createTempFile("karuta", ".out"), Files.createTempFile("karuta", ".err"));
      var line = new ArrayList<>(List.of(begun.out.toString(), begun.err.toString()));
      line.addAll(List.of(words));
      desk.tell(String.join("\t", line));
      return begun;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Carries out a command.
  public Ended run(String... words) {
    return begin(words).end();
  }

  /// A command that has been begun.
  public final class Begun {
    private final Path out;
    private final Path err;

    private Begun(Path out, Path err) {
      this.out = out;
      this.err = err;
    }

    /// Its results so far.
    public String out() {
      return read(out);
    }

    /// Its progress and errors so far.
    public String err() {
      return read(err);
    }

    /// Waits for its end.
    public Ended end() {
      try {
        var code = Integer.parseInt(desk.line("ended with "));
        return new Ended(code, read(out), read(err));
      } finally {
        remove(out);
        remove(err);
      }
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void remove(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    desk.close();
  }
}
