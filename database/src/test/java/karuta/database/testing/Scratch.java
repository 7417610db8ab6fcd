package karuta.database.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;

/// A directory for this test run. It is removed when the JVM of the tests has ended, however it ended; a PostgreSQL
/// whose data lies in it is ended before.
///
/// A shutdown hook does nothing when the JVM is killed. So a shell waits for the end of its standard input, whose other
/// end the kernel closes with the JVM, and ignores the signals a terminal sends to both.
final class Scratch {
  private static final String CARETAKER =
      """
      trap '' HUP INT TERM
      while read -r line; do :; done
      for lock in "$1"/*/postmaster.pid; do
        [ -f "$lock" ] || continue
        server=$(head -n 1 "$lock")
        kill -CONT "$server"
        kill -QUIT "$server"
        while [ -f "$lock" ] && kill -0 "$server"; do sleep 0.1; done
      done
      rm -rf "$1"
      """;

  private static final Path ROOT = make();

  /// Kept, because its standard input is closed when nobody refers to it any more.
  private static final Process WATCHING = watch();

  private Scratch() {}

  /// A new, empty directory.
  static Path directory(String name) {
    try {
      if (!WATCHING.isAlive()) {
        throw new IllegalStateException("nobody watches over " + ROOT);
      }
      return Files.createTempDirectory(ROOT, name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path make() {
    try {
      return Files.createTempDirectory("karuta-tests-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Process watch() {
    try {
      return new ProcessBuilder("/bin/sh", "-c", CARETAKER, "caretaker", ROOT.toString())
          .redirectOutput(Redirect.DISCARD)
          .redirectError(Redirect.DISCARD)
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
