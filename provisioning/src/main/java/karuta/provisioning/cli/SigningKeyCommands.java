package karuta.provisioning.cli;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import karuta.command.CommandFailed;
import karuta.provisioning.ceremony.Fingerprint;
import karuta.provisioning.document.PinnedCertificate;
import karuta.provisioning.plan.Action;
import karuta.provisioning.plan.DryRun;
import karuta.provisioning.plan.Plan;
import karuta.provisioning.print.Certificates;
import karuta.token.TokenRole;
import karuta.token.key.KeyPolicy;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `karuta signing-key`: the keys that sign bundles and ceremony files (issuer), receipts and seals (verifier).
@Command(
    name = "signing-key",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Makes or destroys a signing key, with a certificate for others to pin.")
final class SigningKeyCommands extends Group {
  private static final Pattern LABEL = Pattern.compile("(issuer|receipt|seal)-([1-9][0-9]{0,3})");

  private static final String ISSUES_NO_MORE =
      "nothing can be signed with it again, and a batch or agreement that is under way with it comes to nothing; back up the"
          + " token first";

  private static final String JUDGES_NO_MORE =
      "a guard whose configuration names it judges nothing from then on, so take it out there, and another in, first; back up"
          + " the token first";

  private final Context context;

  SigningKeyCommands(Context context) {
    this.context = context;
  }

  @Command(
      name = "create",
      header = "Makes a signing key and its certificate.",
      mixinStandardHelpOptions = true,
      description = {
        "Makes an ECDSA P-256 key that stays in the token, and writes its self-signed",
        "certificate to a file. Whoever verifies pins that file; compare the",
        "fingerprint printed here when you hand it over. issuer-N signs bundles, print",
        "jobs and agreements; receipt-N signs receipts and agreements; seal-N is for",
        "audit seals and the guard's heads."
      },
      footerHeading = "%nExample:%n",
      footer = {
        "  karuta signing-key create --token issuer/token.toml --label issuer-1 \\",
        "    --certificate issuer-1.pem"
      })
  void create(
      @Mixin TokenOption token,
      @Option(
              names = "--label",
              required = true,
              paramLabel = "LABEL",
              description = "issuer-N on an issuer token, receipt-N or seal-N on a verifier token")
          String label,
      @Option(
              names = "--certificate",
              required = true,
              paramLabel = "FILE",
              description = "where to write the certificate (PEM); never overwritten")
          Path certificate,
      @Mixin DryRun dryRun)
      throws IOException {
    var number = number(label);
    requireNew(certificate);
    try (var open = token.open(context)) {
      var policy = policy(label);
      var keys = open.signing(policy);
      if (open.has(policy, label)) {
        throw CommandFailed.refused(
            "the token has the key %s already; for its certificate: karuta signing-key certificate"
                .formatted(label));
      }
      var name = open.token().name();
      var plan =
          Plan.empty()
              .then(
                  () -> {
                    keys.make(number);
                    context.say("key %s in token %s", label, name);
                  },
                  new Action.MakeKey(name, policy, label))
              .then(
                  () -> write(certificate, keys.certificate(label)),
                  new Action.WriteFile(certificate, "the certificate of " + label));
      dryRun.settle(plan, context.out());
    }
  }

  @Command(
      name = "certificate",
      header = "Writes a signing key's certificate once more.",
      mixinStandardHelpOptions = true,
      description = {
        "Writes the certificate of a signing key to a file once more. It lies in the",
        "token beside its key; the fingerprint is the one it always had."
      },
      footerHeading = "%nExample:%n",
      footer = {
        "  karuta signing-key certificate --token issuer/token.toml --label issuer-1 \\",
        "    --certificate issuer-1.pem"
      })
  void certificate(
      @Mixin TokenOption token,
      @Option(names = "--label", required = true, paramLabel = "LABEL", description = "the key")
          String label,
      @Option(
              names = "--certificate",
              required = true,
              paramLabel = "FILE",
              description = "where to write the certificate (PEM); never overwritten")
          Path certificate,
      @Mixin DryRun dryRun)
      throws IOException {
    number(label);
    requireNew(certificate);
    try (var open = token.open(context)) {
      var found = open.signing(policy(label)).certificate(label);
      var plan =
          Plan.empty()
              .then(
                  () -> write(certificate, found),
                  new Action.WriteFile(
                      certificate,
                      "the certificate of " + label,
                      "SHA-256 " + Certificates.fingerprint(found)));
      dryRun.settle(plan, context.out());
    }
  }

  @Command(
      name = "destroy",
      header = "Destroys a signing key, for ever.",
      mixinStandardHelpOptions = true,
      description = {
        "Destroys a signing key and its certificate in the token, for ever. What it has",
        "signed stays valid for whoever pins its certificate. A guard that names it",
        "judges nothing without it. Back up the token first. You are asked to type:",
        "destroy LABEL",
        "",
        Destruction.APPROVED
      },
      footerHeading = "%nExample:%n",
      footer = "  karuta signing-key destroy --token issuer/token.toml --label issuer-1")
  void destroy(
      @Mixin TokenOption token,
      @Option(names = "--label", required = true, paramLabel = "LABEL", description = "the key")
          String label,
      @Mixin Destruction destruction)
      throws IOException {
    number(label);
    try (var open = token.open(context)) {
      var policy = policy(label);
      var keys = open.signing(policy);
      var key =
          new KeyToDestroy(
              open,
              () -> open.signing(policy),
              policy,
              label,
              "destroy " + label,
              List.of(policy.role() == TokenRole.ISSUER ? ISSUES_NO_MORE : JUDGES_NO_MORE),
              Optional.empty());
      destruction.of(key, context, () -> keys.destroy(label));
    }
  }

  private static KeyPolicy policy(String label) {
    return KeyPolicy.ofPair(label).orElseThrow();
  }

  private static void requireNew(Path certificate) throws IOException {
    if (Files.exists(certificate)) {
      throw new FileAlreadyExistsException(certificate.toString());
    }
  }

  private void write(Path file, X509Certificate certificate) throws IOException {
    PinnedCertificate.write(file, certificate);
    context.say("certificate %s", file);
    context.say("fingerprint %s", Fingerprint.ofDigest(Certificates.fingerprint(certificate)));
  }

  private static int number(String label) {
    var match = LABEL.matcher(label);
    if (!match.matches()) {
      throw CommandFailed.usage(
          "a signing key is named issuer-N, receipt-N or seal-N, not '" + label + "'");
    }
    return Integer.parseInt(match.group(2));
  }
}
