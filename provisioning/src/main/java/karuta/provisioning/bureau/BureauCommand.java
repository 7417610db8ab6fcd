package karuta.provisioning.bureau;

import java.time.InstantSource;
import java.util.function.BooleanSupplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `karuta bureau`: what the card bureau does with a print job. A reference: a bureau may well write its own after
/// `docs/print-job.md`.
@Command(
    name = "bureau",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "The bureau's side: opens a print job, reports what was printed.")
public final class BureauCommand implements Runnable {
  @Spec private CommandSpec spec;

  private BureauCommand() {}

  /// The command with its two parts.
  ///
  /// @param stopped whether the user wants the command to end
  public static CommandLine commandLine(InstantSource clock, BooleanSupplier stopped) {
    return new CommandLine(new BureauCommand())
        .addSubcommand(new BureauOpen(clock, stopped))
        .addSubcommand(new BureauReport(clock, stopped));
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "say what to do: karuta bureau open or karuta bureau report");
  }
}
