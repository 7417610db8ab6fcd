package karuta.demo.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.Executors;

/// A program that carries out one command after another: it reads them, one a line with its words between tabs, runs
/// each in this process, and says how it ended. Starting a process takes longer than most commands do.
///
/// It ends when there are no more commands to come, in the middle of one if need be: then nobody waits for it.
final class Desk {
  private Desk() {}

  /// Begins.
  ///
  /// @param arguments a class with `static int run(PrintWriter out, PrintWriter err, String... words)`
  public static void main(String[] arguments) throws Exception {
    Locale.setDefault(Locale.ROOT);
    var run =
        Class.forName(arguments[0])
            .getMethod("run", PrintWriter.class, PrintWriter.class, String[].class);
    try (var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        var work = Executors.newSingleThreadExecutor()) {
      for (var line = in.readLine(); line != null; line = in.readLine()) {
        var words = line.split("\t", -1);
        work.execute(() -> System.out.println(Commands.ENDED + carryOut(run, words)));
      }
      Runtime.getRuntime().halt(0);
    }
  }

  /// Carries out one command.
  ///
  /// @param words two files for what the command has to say, then the command
  private static int carryOut(Method run, String[] words) {
    try (var out = file(words[0]);
        var err = file(words[1])) {
      try {
        var command = Arrays.copyOfRange(words, 2, words.length);
        return (int) run.invoke(null, out, err, command);
      } catch (InvocationTargetException | IllegalAccessException e) {
        err.println("the command failed: " + e.getCause());
        return 1;
      }
    } catch (IOException e) {
      System.err.println("a command has nowhere to write: " + e);
      return 1;
    }
  }

  private static PrintWriter file(String name) throws IOException {
    return new PrintWriter(
        Files.newBufferedWriter(
            Path.of(name), StandardOpenOption.CREATE, StandardOpenOption.APPEND),
        true);
  }
}
