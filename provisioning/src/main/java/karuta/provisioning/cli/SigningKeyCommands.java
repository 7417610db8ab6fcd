package karuta.provisioning.cli;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.regex.Pattern;
import karuta.provisioning.ceremony.Fingerprint;
import karuta.provisioning.document.PinnedCertificate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `karuta signing-key`: the keys that sign bundles and ceremony files (issuer) and receipts (verifier).
@Command(
    name = "signing-key",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "make a signing key in a token, with a certificate for others to pin")
final class SigningKeyCommands extends Group {
  private static final Pattern LABEL = Pattern.compile("(issuer|receipt)-([1-9][0-9]{0,3})");

  private final Context context;

  SigningKeyCommands(Context context) {
    this.context = context;
  }

  @Command(
      name = "create",
      header = {"make a signing key and its certificate", ""},
      mixinStandardHelpOptions = true,
      description = {
        "make an ECDSA P-256 key that stays in the token, and write its self-signed",
        "certificate to a file. Whoever verifies pins that file; compare the",
        "fingerprint printed here when you hand it over."
      },
      footerHeading = "%nExample:%n",
      footer = {
        "  karuta signing-key create --token issuer/token.toml --label issuer-1 \\",
        "    --certificate issuer-1.pem"
      })
  int create(
      @Mixin TokenOption token,
      @Option(
              names = "--label",
              required = true,
              paramLabel = "LABEL",
              description = "issuer-N on an issuer token, receipt-N on a verifier token")
          String label,
      @Option(
              names = "--certificate",
              required = true,
              paramLabel = "FILE",
              description = "where to write the certificate (PEM); never overwritten")
          Path certificate,
      @Option(names = "--dry-run", description = "say what would be made, make nothing")
          boolean dryRun)
      throws IOException {
    var number = number(label);
    var file = token.read();
    if (Files.exists(certificate)) {
      throw new FileAlreadyExistsException(certificate.toString());
    }
    if (dryRun) {
      context.say("would make the key %s in token %s", label, file.name());
      context.say("would write its certificate to %s", certificate);
      return Failures.DONE;
    }
    try (var open = OpenToken.open(file, context)) {
      var keys = open.signing(label);
      keys.make(number);
      var made = keys.certificate(label);
      PinnedCertificate.write(certificate, made);
      context.say("key %s in token %s", label, open.token().name());
      context.say("certificate %s", certificate);
      context.say("fingerprint %s", fingerprint(made));
    }
    return Failures.DONE;
  }

  private static int number(String label) {
    var match = LABEL.matcher(label);
    if (!match.matches()) {
      throw new UsageError("a signing key is named issuer-N or receipt-N, not '" + label + "'");
    }
    return Integer.parseInt(match.group(2));
  }

  private static Fingerprint fingerprint(X509Certificate certificate) {
    try {
      var digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
      return Fingerprint.ofDigest(HexFormat.of().formatHex(digest));
    } catch (NoSuchAlgorithmException | CertificateEncodingException e) {
      throw new IllegalStateException("the certificate has no fingerprint", e);
    }
  }
}
