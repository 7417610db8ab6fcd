package karuta.command;

import karuta.settings.SettingsInvalid;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// The command line of a program: wrong usage and failures are one line each that says what to do, and an [ExitCode].
public final class CommandLines {
  /// The columns of every help page: those of a plain terminal.
  public static final int WIDTH = 80;

  private CommandLines() {}

  /// The version in the manifest of the program's jar.
  public static final class Version implements CommandLine.IVersionProvider {
    @Spec private CommandSpec spec;

    @Override
    public String[] getVersion() {
      var program = spec.root().userObject().getClass();
      var version = program.getPackage().getImplementationVersion();
      return new String[] {"karuta " + (version == null ? "(development)" : version)};
    }
  }

  /// The commands below one, ready to run.
  ///
  /// @param program annotated as picocli wants it
  public static CommandLine of(Object program) {
    var commands = new CommandLine(program);
    commands.setUsageHelpWidth(WIDTH);
    commands.setCaseInsensitiveEnumValuesAllowed(true);
    commands.setParameterExceptionHandler(CommandLines::wrongUsage);
    commands.setExecutionExceptionHandler(CommandLines::failed);
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
