package karuta.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// A command on a pseudo-terminal of its own, made by `script` (bsdutils on Debian, util-linux elsewhere): what it
/// shows is read as a person would see it, and what is typed goes through the terminal's line discipline, echo
/// included.
///
/// A person's terminal ignores no signal, whatever whoever started the tests may do: a job in the background of a
/// script ignores Ctrl-C, one under `nohup` the end of its terminal, and both hand that on.
public final class Terminal implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 120;
  private static final char CTRL_C = 3;
  private static final char CTRL_D = 4;

  private final Process process;
  private final Reader screen;
  private final StringBuilder seen = new StringBuilder();
  private int read;

  private Terminal(Process process) {
    this.process = process;
    // A command that never asks, or never ends, must not hold up whoever reads its screen.
    CompletableFuture.delayedExecutor(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .execute(process::destroyForcibly);
    this.screen = new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8);
  }

  /// Starts a command.
  ///
  /// @param command its words, such as [TestJvm#words] makes them
  /// @param after a line for the shell when the command has ended; empty for none
  public static Terminal start(
      Path directory, Map<String, String> environment, List<String> command, String after)
      throws IOException {
    var line = String.join(" ", command.stream().map(Terminal::quoted).toList());
    var builder =
        new ProcessBuilder(
                "env",
                "--default-signal=HUP,INT,TERM",
                "script",
                "--quiet",
                "--return",
                "--flush",
                "--echo",
                "always",
                "--command",
                "trap : INT; " + line + after,
                "/dev/null")
            .directory(directory.toFile())
            .redirectErrorStream(true);
    builder.environment().putAll(environment);
    builder.environment().put("SHELL", "/bin/sh");
    builder.environment().put("TERM", "xterm");
    return new Terminal(builder.start());
  }

  private static String quoted(String word) {
    return "'" + word.replace("'", "'\\''") + "'";
  }

  /// Reads until a text has come since the last call.
  public void await(String text) {
    // Only what is new is looked at: a command whose loggers are open says millions of characters.
    var from = read;
    while (seen.indexOf(text, from) < 0) {
      from = Math.max(read, seen.length() - text.length() + 1);
      if (!readOn()) {
        throw new AssertionError("'%s' never came after: %s".formatted(text, seen));
      }
    }
    read = seen.indexOf(text, from) + text.length();
  }

  /// Reads one more character, if there is one.
  private boolean readOn() {
    try {
      var next = screen.read();
      if (next < 0) {
        return false;
      }
      seen.append((char) next);
      return true;
    } catch (IOException ended) {
      throw new AssertionError(
          "after %d s there was only: %s".formatted(PATIENCE_SECONDS, seen), ended);
    }
  }

  /// Types a line.
  public void type(String line) throws IOException {
    send(line + "\n");
  }

  /// Types Ctrl-C.
  public void interrupt() throws IOException {
    send(String.valueOf(CTRL_C));
  }

  /// Types Ctrl-D.
  public void endInput() throws IOException {
    send(String.valueOf(CTRL_D));
  }

  private void send(String text) throws IOException {
    var keys = process.getOutputStream();
    keys.write(text.getBytes(StandardCharsets.UTF_8));
    keys.flush();
  }

  /// Reads to the end; the exit code.
  public int end() throws InterruptedException {
    var more = true;
    while (more) {
      more = readOn();
    }
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  /// Everything that ever stood on the screen.
  public String screen() {
    return seen.toString();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
