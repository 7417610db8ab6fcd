package karuta.provisioning.cli;

import java.nio.file.Path;
import karuta.card.EpochId;

/// The files of one key agreement in the directory that people carry: `<epoch>.request`, `.response`, `.confirmation`.
record AgreementFiles(Path request, Path response, Path confirmation) {
  static AgreementFiles in(Path directory, EpochId epoch) {
    return new AgreementFiles(
        directory.resolve(epoch + ".request"),
        directory.resolve(epoch + ".response"),
        directory.resolve(epoch + ".confirmation"));
  }
}
