package karuta.demo.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// What programs said, in files.
public final class Logs {
  private static final int LAST_LINES = 20;

  private Logs() {}

  /// The last lines of a log, or why they cannot be read.
  public static String end(Path log) {
    try {
      var said = new String(Files.readAllBytes(log), StandardCharsets.UTF_8).lines().toList();
      return String.join("\n", said.subList(Math.max(0, said.size() - LAST_LINES), said.size()));
    } catch (IOException e) {
      return e.toString();
    }
  }

  /// Appends to a log.
  static void add(Path log, String text) {
    try {
      Files.writeString(log, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Begins a log anew and keeps what stood in it beside it, as `NAME.past`.
  public static void begin(Path log) {
    try {
      if (Files.exists(log)) {
        var past = log.resolveSibling(log.getFileName() + ".past");
        Files.write(
            past, Files.readAllBytes(log), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        Files.delete(log);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
