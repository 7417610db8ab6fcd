package karuta.demo.cli;

import java.util.Locale;
import java.util.concurrent.Callable;
import karuta.command.CommandLines;
import karuta.command.ExitCode;
import karuta.demo.Steps;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// What is done with a whole stack. Exit codes: 0 done, 1 refused by the server, 2 usage, or what the machine lacks.
@Command(
    name = "karuta",
    subcommands = {DemoCommand.class, MeasureBatchCommand.class},
    synopsisSubcommandLabel = "COMMAND",
    description = "builds a whole stack in a directory",
    mixinStandardHelpOptions = true)
public final class Main implements Callable<Integer> {
  private Main() {}

  /// Runs a command and ends the process with its exit code.
  public static void main(String[] arguments) {
    // digits and letters are ours, whatever language the machine speaks
    Locale.setDefault(Locale.ROOT);
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    var line = new CommandLine(new Main());
    line.setUsageHelpWidth(CommandLines.WIDTH);
    line.setExecutionExceptionHandler(
        (failure, command, parsed) -> {
          String.valueOf(failure.getMessage())
              .lines()
              .forEach(said -> command.getErr().println("karuta: " + said));
          return failure instanceof Steps.Failed || failure instanceof InUse
              ? ExitCode.USAGE
              : ExitCode.REFUSED;
        });
    return line;
  }

  @Override
  public Integer call() {
    System.err.println("karuta: say which command; see karuta --help");
    return ExitCode.USAGE;
  }
}
