package karuta.smoke;

import java.util.Locale;
import java.util.concurrent.Callable;
import karuta.demo.Home;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// `./karuta smoke`: the whole chain in a temporary directory, checked.
@Command(
    name = "smoke",
    description =
        "Builds a whole stack in a temporary directory, asks it everything a bank would over"
            + " REST and gRPC, searches the memory of server and guard, and counts what holds. The"
            + " directory is removed, or kept and named if a check fails.",
    footer = "%nExit codes: 0 all held, 1 one did not",
    mixinStandardHelpOptions = true)
public final class Main implements Callable<Integer> {
  private Main() {}

  /// Runs it and ends the process.
  public static void main(String[] arguments) {
    // digits and letters are ours, whatever language the machine speaks
    Locale.setDefault(Locale.ROOT);
    var line = new CommandLine(new Main());
    line.setExecutionExceptionHandler(
        (failure, command, parsed) -> {
          command.getErr().println("karuta: " + failure.getMessage());
          return 1;
        });
    System.exit(line.execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    var home = Home.temporary("smoke");
    System.err.println(
        "karuta: SoftHSM development tokens in " + home.directory() + "; kept if a check fails");
    if (!Smoke.run(home, System.out)) {
      return 1;
    }
    home.delete();
    return 0;
  }
}
