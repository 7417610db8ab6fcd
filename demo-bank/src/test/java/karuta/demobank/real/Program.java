package karuta.demobank.real;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A Java program in a process of its own. What it writes on standard error goes into a log.
final class Program implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 120;

  private final Process process;
  private final BufferedReader out;
  private final PrintWriter in;
  private final Path log;

  private Program(Process process, Path log) {
    this.process = process;
    this.log = log;
    this.out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    this.in =
        new PrintWriter(
            new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8), true);
  }

  /// Starts a program with the SoftHSM store in `tokenHome`: SoftHSM takes its configuration from a process's environment.
  static Program withToken(Class<?> main, Path tokenHome, Path log, String... arguments) {
    var conf = tokenHome.resolve("softhsm2.conf").toString();
    return start(main, Map.of("SOFTHSM2_CONF", conf), log, arguments);
  }

  /// Starts a program that needs no token.
  ///
  /// @param log what it says is appended to this file
  static Program start(Class<?> main, Path log, String... arguments) {
    return start(main, Map.of(), log, arguments);
  }

  private static Program start(
      Class<?> main, Map<String, String> environment, Path log, String... arguments) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-Djava.awt.headless=true",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            main.getName()));
    command.addAll(List.of(arguments));
    var builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().putAll(environment);
    try {
      return new Program(builder.start(), log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Runs a program to its end; it must end well.
  static void run(Class<?> main, Path tokenHome, Path log, String... arguments) {
    try (var program = withToken(main, tokenHome, log, arguments)) {
      if (!program.process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)
          || program.process.exitValue() != 0) {
        throw program.failed(String.join(" ", arguments));
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Gives it a line to read.
  void tell(String line) {
    in.println(line);
  }

  /// The rest of the next line it prints that begins with `prefix`.
  String line(String prefix) {
    var found = CompletableFuture.supplyAsync(() -> read(prefix));
    try {
      return found.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException | InterruptedException e) {
      throw failed("waiting for '" + prefix + "'");
    }
  }

  private String read(String prefix) {
    try {
      for (var line = out.readLine(); line != null; line = out.readLine()) {
        if (line.startsWith(prefix)) {
          return line.substring(prefix.length());
        }
      }
      throw new IllegalStateException("it ended");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// What it said, when it did not do what it should.
  IllegalStateException failed(String what) {
    try {
      var lines = Files.readAllLines(log);
      var last = lines.subList(Math.max(0, lines.size() - 20), lines.size());
      return new IllegalStateException(what + "\n" + String.join("\n", last));
    } catch (IOException e) {
      return new IllegalStateException(what, e);
    }
  }

  /// Its number among the processes of this machine.
  long pid() {
    return process.pid();
  }

  /// Ends it in order and waits until it has; by force if it will not.
  @Override
  public void close() {
    process.destroy();
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
