package karuta.provisioning.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import karuta.document.DocumentException;
import karuta.provisioning.batch.BundleFile;
import karuta.provisioning.batch.Interrupted;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `karuta batch`. [BatchIssueCommand] and [BatchReportCommand] have classes of their own.
@Command(
    name = "batch",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Makes cards, and checks what was made.")
final class BatchCommands extends Group {
  private final Context context;

  BatchCommands(Context context) {
    this.context = context;
  }

  @Command(
      name = "check",
      header = "Reads a bundle to its end.",
      mixinStandardHelpOptions = true,
      description = {
        "Reads a bundle to its end: signature, digests, every rule of every book. Needs",
        "no token; what it accepts is what the server's import accepts."
      },
      footerHeading = "%nExample:%n",
      footer = {
        "  karuta batch check --issuer-certificate issuer-1.pem \\",
        "    batches/2026-01/2026-01.bundle"
      })
  void check(
      @Option(
              names = "--issuer-certificate",
              required = true,
              paramLabel = "FILE",
              description = "the issuer's certificate")
          Path certificate,
      @Parameters(paramLabel = "BUNDLE", description = "the bundle") Path bundle)
      throws IOException {
    var content = read(bundle, CertificateFile.read(certificate, context));
    var manifest = content.manifest();
    context.say("batch     %s, profile %s", manifest.batch(), manifest.profile().label());
    context.say("cards     %,d", content.summary().cards());
    context.say("epoch     %s, verifier token %s", manifest.epoch(), manifest.token());
    context.say("sequence  %d", manifest.sequence());
    context.say("previous  %s", manifest.previous().isEmpty() ? "none" : manifest.previous());
    context.say("content   %s", content.summary().contentDigest());
  }

  private BundleFile.Content read(Path bundle, X509Certificate issuer) throws IOException {
    try {
      return BundleFile.read(bundle, issuer, card -> stopIfAsked());
    } catch (DocumentException e) {
      throw new DocumentException(bundle + ": " + e.getMessage(), e);
    }
  }

  private void stopIfAsked() throws IOException {
    if (context.stopped().getAsBoolean()) {
      throw new Interrupted("interrupted; run the same command again");
    }
  }
}
