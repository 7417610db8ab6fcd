package karuta.provisioning.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.Executors;
import karuta.provisioning.cli.Context;
import karuta.provisioning.cli.Main;
import karuta.provisioning.cli.Prompt;

/// The program at a host with one token: it reads commands, one a line with its words between tabs, runs each as `karuta`
/// would, and says how it ended. One process for many commands, because starting one takes longer than most commands do.
/// It ends when there are no more commands to come, in the middle of one if need be: then nobody waits for it.
final class Desk {
  private Desk() {}

  public static void main(String[] arguments) throws IOException {
    Locale.setDefault(Locale.ROOT);
    try (var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        var work = Executors.newSingleThreadExecutor()) {
      for (var line = in.readLine(); line != null; line = in.readLine()) {
        var words = line.split("\t", -1);
        work.execute(() -> System.out.println("ended with " + carryOut(words)));
      }
      Runtime.getRuntime().halt(0);
    }
  }

  /// Carries out one command after the other.
  ///
  /// @param words two files for what the command has to say, then the command
  private static int carryOut(String[] words) {
    try (var out = file(words[0]);
        var err = file(words[1])) {
      var context =
          new Context(out, err, false, Prompt.of(null), InstantSource.system(), () -> false);
      return Main.run(context, Arrays.copyOfRange(words, 2, words.length));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static PrintWriter file(String name) throws IOException {
    return new PrintWriter(
        Files.newBufferedWriter(
            Path.of(name), StandardOpenOption.CREATE, StandardOpenOption.APPEND),
        true);
  }
}
