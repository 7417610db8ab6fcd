package karuta.command;

import karuta.log.StackSummary;
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
    commands.setExecutionStrategy(parsed -> run(commands, parsed));
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

  /// An error of the JVM would end the process with 1, which is that of a policy.
  private static int run(CommandLine commands, CommandLine.ParseResult parsed) {
    try {
      return new CommandLine.RunLast().execute(parsed);
    } catch (Error error) {
      return defect(error, commands);
    }
  }

  /// Without the message of an exception, which might quote a secret; that of an error is the JVM's own.
  private static int defect(Throwable failure, CommandLine commands) {
    var what = failure instanceof Error ? failure + "; " : "";
    commands
        .getErr()
        .println(
            "karuta: a defect of this program, report it: " + what + StackSummary.line(failure));
    return ExitCode.DEFECT;
  }

  private static int failed(
      Exception failure, CommandLine commands, CommandLine.ParseResult parsed) {
    var exitCode =
        switch (failure) {
          case CommandFailed e -> e.exitCode();
          case SettingsInvalid _ -> ExitCode.USAGE;
          default -> defect(failure, commands);
        };
    if (exitCode == ExitCode.DEFECT) {
      return exitCode;
    }
    String.valueOf(failure.getMessage())
        .lines()
        .forEach(line -> commands.getErr().println("karuta: " + line));
    return exitCode;
  }

  private static String lowerCaseFirst(String text) {
    return text.isEmpty() ? text : Character.toLowerCase(text.charAt(0)) + text.substring(1);
  }
}
