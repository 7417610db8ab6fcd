package karuta.provisioning.cli;

import java.nio.file.Path;
import karuta.card.EpochId;
import picocli.CommandLine.Option;

/// Which agreement, and where its files are.
final class AgreementOptions {
  @Option(
      names = "--epoch",
      required = true,
      paramLabel = "EPOCH",
      description = "the name of the epoch: the keys are called book-EPOCH")
  @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs
  String epoch;

  @Option(
      names = "--dir",
      required = true,
      paramLabel = "DIR",
      description = "where EPOCH.request, .response and .confirmation are")
  @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs
  Path directory;

  EpochId epoch() {
    return new EpochId(epoch);
  }

  AgreementFiles files() {
    return AgreementFiles.in(directory, epoch());
  }
}
