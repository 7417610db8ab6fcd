package karuta.demobank.real;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import karuta.provisioning.cli.Context;
import karuta.provisioning.cli.Main;
import karuta.provisioning.cli.Prompt;

/// A host with one token at which custodians work: it reads their commands, one a line with its words between tabs, runs
/// each as `karuta` would, and says how it ended. One process for many commands, because a card takes four.
public final class Desk {
  private Desk() {}

  /// Works until there are no more commands.
  public static void main(String[] arguments) throws IOException {
    var said = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    var context =
        new Context(said, said, false, Prompt.of(null), InstantSource.system(), () -> false);
    try (var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (var line = in.readLine(); line != null; line = in.readLine()) {
        said.println("karuta " + line.replace('\t', ' '));
        System.out.println("ended with " + Main.run(context, line.split("\t", -1)));
      }
    }
  }
}
