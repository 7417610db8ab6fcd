package karuta.provisioning.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/// `--token FILE`, the same in every command.
final class TokenOption {
  @Option(
      names = "--token",
      required = true,
      paramLabel = "FILE",
      description =
          "the token file (TOML): module, label, serial, role, pin-file, custodians; without pin-file you are asked for the PIN")
  Path file;

  TokenFile read() {
    return TokenFile.read(file);
  }

  OpenToken open(Context context) {
    return OpenToken.open(read(), context);
  }
}
