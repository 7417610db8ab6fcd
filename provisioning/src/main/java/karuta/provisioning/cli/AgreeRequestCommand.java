package karuta.provisioning.cli;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import karuta.command.ExitCode;
import karuta.document.CertificateDates;
import karuta.provisioning.plan.DryRun;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `karuta agree request`: the issuer's side, from the request to the confirmation in one process.
///
/// It stays in the foreground, because the private key of its half is a session object: it cannot be kept for a second
/// command, and nobody can keep it. If the process ends before the response comes, the request is void and a new one is
/// made.
@Command(
    name = "request",
    header = "On the issuer: from the request to the confirmation.",
    mixinStandardHelpOptions = true,
    description = {
      "On the issuer: makes a request, waits for its response, makes the confirmation. The",
      "command stays in the foreground meanwhile: its private key cannot outlive it.",
      "Read the request's fingerprint out to the verifier's custodian; you are asked",
      "for the response's, which they read out to you."
    },
    footerHeading = "%nExample:%n",
    footer = {
      "  karuta agree request --token issuer/token.toml --epoch 2026a \\",
      "    --signing-key issuer-1 --verifier-certificate receipt-1.pem --dir usb"
    })
final class AgreeRequestCommand implements Callable<Integer> {
  private final Context context;

  @Mixin private TokenOption token;

  @Mixin private AgreementOptions agreementOptions;

  @Option(
      names = "--signing-key",
      required = true,
      paramLabel = "LABEL",
      description = "this token's key that signs the files, such as issuer-1")
  private String signingKey;

  @Option(
      names = "--verifier-certificate",
      required = true,
      paramLabel = "FILE",
      description = "the verifier's certificate, compared when it was handed over")
  private Path verifierCertificate;

  @Mixin private Comparison comparison;

  @Mixin private UseOption useOption;

  @Option(
      names = "--wait",
      defaultValue = "3600",
      paramLabel = "SECONDS",
      description = "how long to wait for the response; default ${DEFAULT-VALUE}")
  private int seconds;

  @Mixin private DryRun dryRun;

  AgreeRequestCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException {
    var epoch = agreementOptions.epoch();
    var files = agreementOptions.files();
    var pinned = CertificateFile.read(verifierCertificate, context);
    for (var file : List.of(files.request(), files.response(), files.confirmation())) {
      if (Files.exists(file)) {
        throw new FileAlreadyExistsException(file.toString());
      }
    }
    try (var open = token.open(context)) {
      comparison.check(open);
      var issuer = open.issuer();
      var key = new EpochKey(open, epoch);
      key.requireFree();
      var kdfs = open.kdfs(useOption.use());
      var now = CertificateDates.at(context.now());
      var signer = CertificateFile.signer(issuer.signing(), signingKey, now, context);
      try (var side = new IssuerSide(context, issuer, key, kdfs, files, signer, pinned)) {
        dryRun.settle(side.plan(comparison, Duration.ofSeconds(seconds)), context.out());
      }
    }
    return ExitCode.DONE;
  }
}
