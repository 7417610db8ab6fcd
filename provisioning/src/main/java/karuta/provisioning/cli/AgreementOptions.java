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
  String epoch;

  @Option(
      names = "--dir",
      required = true,
      paramLabel = "DIR",
      description = "where EPOCH.request, .response and .confirmation are")
  Path directory;

  EpochId epoch() {
    return new EpochId(epoch);
  }

  AgreementFiles files() {
    return AgreementFiles.in(directory, epoch());
  }
}
