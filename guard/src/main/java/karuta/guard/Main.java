package karuta.guard;

import java.util.Locale;
import karuta.command.CommandLines;
import karuta.log.Logs;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The guard's commands. Exit codes: 0 done, 1 refused by policy, 2 usage or configuration, 3 token fault, 4
/// interrupted and resumable, 5 integrity failure, 6 a call to the token hangs, 70 a defect.
@Command(
    name = "karuta",
    description = "Judges answers, and signs what it judged.",
    subcommands = GuardCommand.class,
    mixinStandardHelpOptions = true,
    versionProvider = CommandLines.Version.class,
    synopsisSubcommandLabel = "COMMAND")
public final class Main {
  /// Runs a command and ends the process with its exit code.
  public static void main(String[] args) {
    // digits and letters are ours, whatever language the machine speaks
    Locale.setDefault(Locale.ROOT);
    Logs.configure();
    System.exit(commandLine().execute(args));
  }

  /// The commands, ready to run.
  static CommandLine commandLine() {
    return CommandLines.of(new Main());
  }
}
