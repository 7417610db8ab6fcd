package karuta.provisioning.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import karuta.demo.process.Ended;
import karuta.testing.Terminal;
import karuta.testing.TestJvm;

/// Runs commands as their users do, in processes of their own: SoftHSM takes its configuration from a process's
/// environment. For tests of what a process does: its end, its signals, its terminal. Others run their commands at a
/// desk of [Hosts].
final class Cli {
  private static final int PATIENCE_SECONDS = 120;

  private Cli() {}

  /// Starts a command whose token, if it has one, is the SoftHSM token beside the file named by `--token`.
  static Running start(Path directory, String... arguments) throws IOException {
    return start(directory, Main.class, List.of(), arguments);
  }

  /// Starts another program that ends up as the command.
  ///
  /// @param before what that program wants to know first
  static Running start(Path directory, Class<?> program, List<String> before, String... arguments)
      throws IOException {
    var command = TestJvm.tied(program, options());
    command.addAll(before);
    command.addAll(List.of(arguments));
    var out = Files.createTempFile("karuta", ".out");
    var err = Files.createTempFile("karuta", ".err");
    var builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().putAll(tokenOf(directory, arguments));
    return new Running(builder.start(), out, err);
  }

  /// As the front door does it: SoftHSM's configuration lies beside the token file.
  static Map<String, String> tokenOf(Path directory, String... arguments) {
    for (var i = 0; i + 1 < arguments.length; i++) {
      if (arguments[i].equals("--token")) {
        var conf = directory.resolve(arguments[i + 1]).resolveSibling("softhsm2.conf");
        return Map.of("SOFTHSM2_CONF", conf.toString());
      }
    }
    return Map.of();
  }

  /// Starts a command on a terminal of its own.
  ///
  /// @param after a line for the shell when it has ended; empty for none
  static Terminal onTerminal(Path directory, String after, String... arguments) throws IOException {
    var words = TestJvm.words(Main.class, options());
    words.addAll(List.of(arguments));
    return Terminal.start(directory, tokenOf(directory, arguments), words, after);
  }

  /// The options of a JVM in which every logger says everything it has to say, on standard error.
  static List<String> options() throws IOException {
    var file = Files.createTempFile("karuta", ".properties");
    file.toFile().deleteOnExit();
    Files.writeString(
        file,
        """
        handlers = java.util.logging.ConsoleHandler
        .level = ALL
        java.util.logging.ConsoleHandler.level = ALL
        """);
    return List.of("-Djava.util.logging.config.file=" + file);
  }

  static Ended run(Path directory, String... arguments) throws Exception {
    return start(directory, arguments).end();
  }

  /// A command that has been started.
  record Running(Process process, Path out, Path err) {
    /// Sends it SIGTERM, and only that: `Process.destroy` would close its standard input as well, as if this JVM had
    /// ended.
    void interrupt() {
      process.toHandle().destroy();
    }

    Ended end() throws IOException, InterruptedException {
      try {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
          throw new AssertionError("the command does not end");
        }
        return new Ended(process.exitValue(), read(out), read(err));
      } finally {
        process.destroyForcibly();
      }
    }

    private static String read(Path file) throws IOException {
      var text = Files.readString(file, StandardCharsets.UTF_8);
      Files.delete(file);
      return text;
    }
  }

  /// Runs a command that needs no token, in this process.
  static Ended here(String... arguments) {
    var out = new StringWriter();
    var err = new StringWriter();
    var exitCode = Main.run(context(out, err), arguments);
    return new Ended(exitCode, out.toString(), err.toString());
  }

  /// Surroundings in which nothing is seen and nobody answers.
  static Context nowhere() {
    return context(new StringWriter(), new StringWriter());
  }

  private static Context context(StringWriter out, StringWriter err) {
    return new Context(
        new PrintWriter(out),
        new PrintWriter(err),
        false,
        Prompt.of(null),
        InstantSource.system(),
        () -> false);
  }
}
