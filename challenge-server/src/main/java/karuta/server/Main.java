package karuta.server;

import java.io.PrintWriter;
import java.util.Locale;
import karuta.command.CommandLines;
import karuta.log.Logs;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The commands of the challenge server. Exit codes: 0 done, 1 refused by policy, 2 usage or configuration, 3 token
/// fault, 4 interrupted and resumable, 5 integrity failure, 70 a defect.
@Command(
    name = "karuta",
    description =
        "Puts questions of image authentication cards and has the answers verified in a token.",
    subcommands = {
      ServeCommand.class,
      MigrateCommand.class,
      ImportCommand.class,
      AuditCommand.class,
      ExportJudgedCommand.class
    },
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

  /// Runs one command, for whoever carries out many in one process.
  ///
  /// @return its exit code
  public static int run(PrintWriter out, PrintWriter err, String... words) {
    return commandLine().setOut(out).setErr(err).execute(words);
  }

  /// The commands, ready to run.
  static CommandLine commandLine() {
    return CommandLines.of(new Main());
  }
}
