package karuta.provisioning.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import karuta.testing.TestJvm;

/// A Java program in a process of its own, which ends with this JVM. What it writes on standard error goes into a log.
public final class Program implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 120;

  /// Stands behind the last line.
  private static final String END = "\0end";

  private final Process process;
  private final PrintWriter in;
  private final Path log;
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

  private Program(Process process, Path log) {
    this.process = process;
    this.log = log;
    this.in =
        new PrintWriter(
            new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8), true);
    Thread.ofPlatform().daemon().name("lines of " + process.pid()).start(this::read);
  }

  /// Starts a program with the SoftHSM store in `tokenHome`: SoftHSM takes its configuration from a process's environment.
  public static Program withToken(Class<?> main, Path tokenHome, Path log, String... arguments) {
    return start(main, log, softHsm(tokenHome), arguments);
  }

  /// Starts a program that needs no token.
  ///
  /// @param log what it says is appended to this file
  public static Program start(Class<?> main, Path log, String... arguments) {
    return start(main, log, Map.of(), arguments);
  }

  private static Program start(
      Class<?> main, Path log, Map<String, String> environment, String... arguments) {
    var words = TestJvm.tied(main, List.of());
    words.addAll(List.of(arguments));
    return start(words, log, Path.of(""), environment);
  }

  static Map<String, String> softHsm(Path tokenHome) {
    return Map.of("SOFTHSM2_CONF", tokenHome.resolve("softhsm2.conf").toString());
  }

  static Program start(
      List<String> words, Path log, Path directory, Map<String, String> environment) {
    var builder =
        new ProcessBuilder(words)
            .directory(directory.toAbsolutePath().toFile())
            .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().putAll(environment);
    try {
      return new Program(builder.start(), log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Gives it a line to read.
  void tell(String line) {
    in.println(line);
  }

  /// The rest of the next line it prints that begins with `prefix`.
  public String line(String prefix) {
    var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    try {
      while (true) {
        var line = lines.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
        if (line == null) {
          throw failed("waited in vain for '" + prefix + "'");
        }
        if (line.equals(END)) {
          throw failed("it ended before it said '" + prefix + "'");
        }
        if (line.startsWith(prefix)) {
          return line.substring(prefix.length());
        }
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void read() {
    try (var out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      out.lines().forEach(lines::add);
    } catch (IOException | UncheckedIOException e) {
      // The pipe is closed with the process; what there was to say has been said.
    } finally {
      lines.add(END);
    }
  }

  /// What it said, when it did not do what it should.
  public IllegalStateException failed(String what) {
    try {
      var said = Files.readAllLines(log);
      var last = said.subList(Math.max(0, said.size() - 20), said.size());
      return new IllegalStateException(what + "\n" + String.join("\n", last));
    } catch (IOException e) {
      return new IllegalStateException(what, e);
    }
  }

  /// Its number among the processes of this machine.
  public long pid() {
    return process.pid();
  }

  /// Ends it in order and waits until it has; by force if it will not.
  @Override
  public void close() {
    process
        .toHandle()
        .destroy(); // Process.destroy would close its standard input too, as if this JVM had ended
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
