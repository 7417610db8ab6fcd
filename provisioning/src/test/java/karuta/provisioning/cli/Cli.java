package karuta.provisioning.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Runs commands as their users do, in processes of their own: SoftHSM takes its configuration from a process's environment.
final class Cli {
  private static final int PATIENCE_SECONDS = 120;

  private Cli() {}

  /// What a command left behind.
  record Run(int exitCode, String out, String err) {}

  /// Starts a command whose token, if it has one, is the SoftHSM token beside the file named by `--token`.
  static Running start(Path directory, String... arguments) throws IOException {
    return start(directory, Main.class, List.of(), arguments);
  }

  /// Starts another program that ends up as the command.
  ///
  /// @param before what that program wants to know first
  static Running start(Path directory, Class<?> program, List<String> before, String... arguments)
      throws IOException {
    var command = command(program);
    command.addAll(before);
    command.addAll(List.of(arguments));
    var out = Files.createTempFile("karuta", ".out");
    var err = Files.createTempFile("karuta", ".err");
    var builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    chooseToken(builder, directory, arguments);
    var process = builder.start();
    process.getOutputStream().close();
    return new Running(process, out, err);
  }

  /// The words of a command line that runs a program with the class path of the tests.
  static List<String> command(Class<?> program) throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED"));
    command.addAll(List.of("-Djava.util.logging.config.file=" + verbose()));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(program.getName());
    return command;
  }

  /// As the front door does it: SoftHSM's configuration lies beside the token file.
  static void chooseToken(ProcessBuilder builder, Path directory, String... arguments) {
    for (var i = 0; i + 1 < arguments.length; i++) {
      if (arguments[i].equals("--token")) {
        var conf = directory.resolve(arguments[i + 1]).resolveSibling("softhsm2.conf");
        builder.environment().put("SOFTHSM2_CONF", conf.toString());
      }
    }
  }

  /// Everything every logger has to say, on standard error.
  private static Path verbose() throws IOException {
    var file = Files.createTempFile("karuta", ".properties");
    file.toFile().deleteOnExit();
    return Files.writeString(
        file,
        """
        handlers = java.util.logging.ConsoleHandler
        .level = ALL
        java.util.logging.ConsoleHandler.level = ALL
        """);
  }

  static Run run(Path directory, String... arguments) throws Exception {
    return start(directory, arguments).end();
  }

  /// A command that has been started.
  record Running(Process process, Path out, Path err) {
    Run end() throws IOException, InterruptedException {
      try {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
          throw new AssertionError("the command does not end");
        }
        return new Run(process.exitValue(), read(out), read(err));
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
  static Run here(String... arguments) {
    var out = new StringWriter();
    var err = new StringWriter();
    var exitCode = Main.run(context(out, err), arguments);
    return new Run(exitCode, out.toString(), err.toString());
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
