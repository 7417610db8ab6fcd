package karuta.server;

import java.io.PrintWriter;
import java.util.Locale;
import karuta.command.CommandFailed;
import karuta.command.ExitCode;
import karuta.server.log.Logs;
import karuta.settings.SettingsInvalid;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The commands of the challenge server. Exit codes: 0 done, 1 refused by policy, 2 usage or configuration, 3 token
/// fault, 4 interrupted and resumable, 5 integrity failure.
@Command(
    name = "karuta",
    description =
        "Puts questions of image authentication cards and has the answers verified in a token.",
    subcommands = {
      ServeCommand.class,
      MigrateCommand.class,
      ImportCommand.class,
      AuditCommand.class
    },
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    synopsisSubcommandLabel = "COMMAND")
public final class Main {
  /// The version in the jar's manifest.
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      var version = Main.class.getPackage().getImplementationVersion();
      return new String[] {"karuta " + (version == null ? "(development)" : version)};
    }
  }

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
    var commands = new CommandLine(new Main());
    commands.setUsageHelpWidth(100);
    commands.setCaseInsensitiveEnumValuesAllowed(true);
    commands.setParameterExceptionHandler(Main::wrongUsage);
    commands.setExecutionExceptionHandler(Main::failed);
    return commands;
  }

  private static int wrongUsage(CommandLine.ParameterException wrong, String[] args) {
    var commands = wrong.getCommandLine();
    commands
        .getErr()
        .println(
            "karuta: "
                + lowerCaseFirst(String.valueOf(wrong.getMessage()))
                + "; see "
                + commands.getCommandSpec().qualifiedName()
                + " --help");
    return ExitCode.USAGE;
  }

  private static int failed(Exception failure, CommandLine commands, CommandLine.ParseResult parsed)
      throws Exception {
    var exitCode =
        switch (failure) {
          case CommandFailed e -> e.exitCode();
          case SettingsInvalid _ -> ExitCode.USAGE;
          default -> throw failure;
        };
    String.valueOf(failure.getMessage())
        .lines()
        .forEach(line -> commands.getErr().println("karuta: " + line));
    return exitCode;
  }

  private static String lowerCaseFirst(String text) {
    return text.isEmpty() ? text : Character.toLowerCase(text.charAt(0)) + text.substring(1);
  }
}
