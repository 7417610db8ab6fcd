package karuta.provisioning.print;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `karuta bureau`: what the card bureau does with a print job. A reference: a bureau may well write its own after
/// `docs/print-job.md`.
@Command(
    name = "bureau",
    description = "What the card bureau does with a print job.",
    usageHelpWidth = 100,
    mixinStandardHelpOptions = true,
    subcommands = {BureauOpen.class, BureauReport.class})
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class BureauCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "say what to do: karuta bureau open or karuta bureau report");
  }
}
