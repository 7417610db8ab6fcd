package karuta.provisioning.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import karuta.document.NewFile;
import karuta.provisioning.ceremony.Confirmation;

/// What the server's configuration names to use an epoch: written when the check value has been verified. No secret.
final class EpochRecord {
  private EpochRecord() {}

  /// Writes it to a new file.
  static void write(Path file, Confirmation agreed) throws IOException {
    NewFile.write(file, out -> out.write(text(agreed).getBytes(StandardCharsets.UTF_8)));
  }

  /// Whether a file is just this record.
  static boolean says(Path file, Confirmation agreed) throws IOException {
    var text = text(agreed).getBytes(StandardCharsets.UTF_8);
    return Files.size(file) == text.length && Arrays.equals(Files.readAllBytes(file), text);
  }

  private static String text(Confirmation agreed) {
    return """
    # Written by karuta agree complete. No secret: the check value proves that both tokens hold the same key.
    [epoch]
    name = "%s"
    key = "book-%s"
    use = "%s"
    kdf = "%s"
    issuer-kdf = "%s"
    verifier-kdf = "%s"
    check-value = "%s"
    token = "%s"
    issuer-token = "%s"
    """
        .formatted(
            agreed.epoch(),
            agreed.epoch(),
            agreed.use().label(),
            agreed.kdf(),
            agreed.issuerKdf(),
            agreed.verifierKdf(),
            HexFormat.of().formatHex(agreed.checkValue()),
            agreed.verifierToken(),
            agreed.issuerToken());
  }
}
