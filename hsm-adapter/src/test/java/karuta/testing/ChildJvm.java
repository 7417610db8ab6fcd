package karuta.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A program in a JVM of its own. No wait for it is by the clock: it says what it has come to on its standard output,
/// and every wait ends with it.
///
/// It ends with the JVM of the tests however that ends, and when it has stood for longer than any test needs it says
/// where and ends as well: see [TestJvm#tied].
public final class ChildJvm implements AutoCloseable {
  /// Whoever starts the tests in the background has SIGHUP and SIGINT ignored, and so would this program.
  private static final List<String> DEFAULT_SIGNALS = List.of("env", "--default-signal");

  /// As a program finds them that is started in the background by a shell, or by `nohup`.
  private static final List<String> BACKGROUND = List.of("env", "--ignore-signal=HUP,INT");

  private final Process process;
  private final BufferedReader out;
  private final Path err;

  private ChildJvm(Process process, Path err) {
    this.process = process;
    this.out = process.inputReader(StandardCharsets.UTF_8);
    this.err = err;
  }

  /// Starts `program`, a class with a `main`.
  ///
  /// @param directory gets a file with what the program says on its standard error
  public static ChildJvm start(
      Path directory, Map<String, String> environment, Class<?> program, String... arguments)
      throws IOException {
    return start(DEFAULT_SIGNALS, directory, environment, program, arguments);
  }

  /// Starts it with SIGHUP and SIGINT ignored, as a shell starts what shall run in the background, and with this umask.
  public static ChildJvm startInBackground(
      String umask,
      Path directory,
      Map<String, String> environment,
      Class<?> program,
      String... arguments)
      throws IOException {
    var words = new ArrayList<>(BACKGROUND);
    words.addAll(List.of("sh", "-c", "umask " + umask + "; exec \"$@\"", "sh"));
    return start(words, directory, environment, program, arguments);
  }

  private static ChildJvm start(
      List<String> before,
      Path directory,
      Map<String, String> environment,
      Class<?> program,
      String... arguments)
      throws IOException {
    var err = Files.createTempFile(directory, "stderr-", "");
    var words = new ArrayList<>(before);
    words.addAll(TestJvm.tied(program, List.of()));
    words.addAll(List.of(arguments));
    var builder = new ProcessBuilder(words).redirectError(err.toFile());
    builder.environment().putAll(environment);
    return new ChildJvm(builder.start(), err);
  }

  /// The next line of its standard output.
  ///
  /// @throws AssertionError with what it said on its standard error, if it has ended
  public String line() throws IOException {
    var line = out.readLine();
    if (line == null) {
      throw new AssertionError("the process has ended and said: " + said());
    }
    return line;
  }

  /// What is left on its standard output, up to its end.
  public List<String> rest() throws IOException {
    return out.lines().toList();
  }

  /// What it has said on its standard error so far.
  public String said() {
    try {
      return Files.readString(err);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Asks it to end, by SIGTERM.
  public void end() {
    // not by the process itself, which would close the streams as well
    process.toHandle().destroy();
  }

  /// Asks it to read its files again, by SIGHUP.
  public void hangUp() throws IOException, InterruptedException {
    signal("HUP");
  }

  /// Asks it to end as a terminal does, by SIGINT.
  public void interrupt() throws IOException, InterruptedException {
    signal("INT");
  }

  private void signal(String name) throws IOException, InterruptedException {
    var kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
    if (kill.waitFor() != 0) {
      throw new AssertionError("the process is gone: " + said());
    }
  }

  /// Waits for its end.
  ///
  /// @return the exit code
  public int ended() throws InterruptedException {
    return process.waitFor();
  }

  /// Sends it SIGKILL, and waits for nothing.
  public void strike() {
    process.toHandle().destroyForcibly();
  }

  /// Ends it by SIGKILL and waits until it is gone.
  public void kill() throws InterruptedException {
    strike();
    process.waitFor();
  }

  @Override
  public void close() {
    try {
      kill();
    } catch (InterruptedException e) {
      // told to end, and gone in a moment
      Thread.currentThread().interrupt();
    }
  }
}
