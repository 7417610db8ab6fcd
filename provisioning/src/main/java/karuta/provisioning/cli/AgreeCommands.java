package karuta.provisioning.cli;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import karuta.card.EpochId;
import karuta.command.CommandFailed;
import karuta.document.CertificateDates;
import karuta.document.DocumentException;
import karuta.document.DocumentSigner;
import karuta.document.WriteFailed;
import karuta.provisioning.ceremony.CeremonyFile;
import karuta.provisioning.ceremony.Confirmation;
import karuta.provisioning.ceremony.Message;
import karuta.provisioning.ceremony.Response;
import karuta.provisioning.plan.Action;
import karuta.provisioning.plan.DryRun;
import karuta.provisioning.plan.Plan;
import karuta.token.Verdict;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `karuta agree`, the verifier's side and what follows; [AgreeRequestCommand] is the issuer's.
@Command(
    name = "agree",
    header = "Agrees a book key between two tokens, as files.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = {
      "Agrees a book key between an issuer token and a verifier token, as files that",
      "people carry: request, response, confirmation. Neither token gives a secret",
      "away, and the verifier's key can do nothing but verify."
    })
final class AgreeCommands extends Group {
  /// Whether the other side went on, this token cannot know.
  private static final String UNCONFIRMED =
      "once the issuer's confirmation was handed over, cards may rest on it: ask the custodian of the other token first";

  private final Context context;

  AgreeCommands(Context context) {
    this.context = context;
  }

  @Command(
      name = "respond",
      header = "On the verifier: answers a request.",
      mixinStandardHelpOptions = true,
      description = {
        "On the verifier: answers a request. The verify-only key is made in this one step, and",
        "the private key it came from is destroyed. You are asked for the request's",
        "fingerprint, which the issuer's custodian reads out to you."
      },
      footerHeading = "%nExample:%n",
      footer = {
        "  karuta agree respond --token verifier/token.toml --epoch 2026a \\",
        "    --signing-key receipt-1 --issuer-certificate issuer-1.pem --dir usb"
      })
  void respond(
      @Mixin TokenOption token,
      @Mixin AgreementOptions agreement,
      @Option(
              names = "--signing-key",
              required = true,
              paramLabel = "LABEL",
              description = "this token's key that signs the response, such as receipt-1")
          String signingKey,
      @Option(
              names = "--issuer-certificate",
              required = true,
              paramLabel = "FILE",
              description = "the issuer's certificate, compared when it was handed over")
          Path issuerCertificate,
      @Mixin UseOption useOption,
      @Mixin Comparison comparison,
      @Mixin DryRun dryRun)
      throws IOException {
    var epoch = agreement.epoch();
    var files = agreement.files();
    var request =
        CeremonyFile.request(files.request(), CertificateFile.read(issuerCertificate, context));
    requireEpoch(request.message().epoch(), epoch, files.request());
    if (Files.exists(files.response())) {
      throw new FileAlreadyExistsException(files.response().toString());
    }
    try (var open = token.open(context)) {
      comparison.check(open);
      var verifier = open.verifier();
      new EpochKey(open, epoch).requireFree();
      var kdfs = open.kdfs(useOption.use());
      comparison.check(request, "the issuer's request", context);
      var now = CertificateDates.at(context.now());
      var signer = CertificateFile.signer(verifier.receipts(), signingKey, now, context);
      var side = new VerifierSide(context, verifier, files.response(), signer, request, kdfs);
      dryRun.settle(side.plan(), context.out());
    }
  }

  @Command(
      name = "complete",
      header = "On the verifier: checks the confirmation, writes the epoch record.",
      mixinStandardHelpOptions = true,
      description = {
        "On the verifier: checks the issuer's confirmation in the token, which proves that both",
        "hold the same key, and writes the epoch record the server's configuration names."
      },
      footerHeading = "%nExample:%n",
      footer = {
        "  karuta agree complete --token verifier/token.toml --epoch 2026a \\",
        "    --issuer-certificate issuer-1.pem --verifier-certificate receipt-1.pem \\",
        "    --dir usb --record verifier/epoch-2026a.toml"
      })
  void complete(
      @Mixin TokenOption token,
      @Mixin AgreementOptions agreement,
      @Option(
              names = "--issuer-certificate",
              required = true,
              paramLabel = "FILE",
              description = "the issuer's certificate")
          Path issuerCertificate,
      @Option(
              names = "--verifier-certificate",
              required = true,
              paramLabel = "FILE",
              description = "this side's own certificate, for its response")
          Path verifierCertificate,
      @Option(
              names = "--record",
              required = true,
              paramLabel = "FILE",
              description = "the epoch record to write (TOML)")
          Path record,
      @Mixin DryRun dryRun)
      throws IOException {
    var epoch = agreement.epoch();
    var files = agreement.files();
    var confirmation =
        CeremonyFile.confirmation(
                files.confirmation(), CertificateFile.read(issuerCertificate, context))
            .message();
    var response =
        CeremonyFile.response(files.response(), CertificateFile.read(verifierCertificate, context));
    requireEpoch(confirmation.epoch(), epoch, files.confirmation());
    if (!confirmation.responseDigest().equals(response.digest())
        || !confirmation.verifierToken().equals(response.message().verifierToken())) {
      throw new DocumentException(files.confirmation() + ": confirms another response");
    }
    requireSameDerivation(confirmation, response.message(), files.confirmation());
    var isThere = Files.exists(record);
    if (isThere && !EpochRecord.says(record, confirmation)) {
      throw new FileAlreadyExistsException(record.toString());
    }
    try (var open = token.open(context)) {
      var verifier = open.verifier();
      if (!open.token().name().serial().equals(confirmation.verifierToken())) {
        throw CommandFailed.usage("the agreement was made by another token: --token");
      }
      if (verifier.verifyCheckValue(epoch, confirmation.checkValue()) != Verdict.RIGHT) {
        throw new DocumentException(
            "the two tokens do not hold the same key; destroy it here with: karuta agree abandon,"
                + " and on the issuer token with: karuta epoch retire --cards 0");
      }
      context.say("epoch %s: both tokens hold the same key", epoch);
      var key = new EpochKey(open, epoch);
      var plan = Plan.empty();
      if (!key.finished()) {
        plan =
            plan.then(
                () -> key.finish(confirmation.checkValue()),
                new Action.FinishEpoch(open.token().name(), epoch));
      }
      if (isThere) {
        context.say("epoch record %s is there and says the same", record);
      } else {
        plan =
            plan.then(
                () -> {
                  EpochRecord.write(record, confirmation);
                  context.say("epoch record %s", record);
                },
                new Action.WriteFile(record, "the epoch record of book-" + epoch));
      }
      dryRun.settle(plan, context.out());
    }
  }

  @Command(
      name = "abandon",
      header = "Destroys the key of an agreement that came to nothing.",
      mixinStandardHelpOptions = true,
      description = {
        "Destroys the key book-EPOCH of an agreement that came to nothing, so that a new",
        "one can begin. Refused once the agreement was completed or a batch was made",
        "with the key, as the token remembers: then it ends with karuta epoch retire.",
        "You are asked to type: destroy book-EPOCH",
        "",
        Destruction.APPROVED
      },
      footerHeading = "%nExample:%n",
      footer = "  karuta agree abandon --token verifier/token.toml --epoch 2026a")
  void abandon(
      @Mixin TokenOption token,
      @Option(names = "--epoch", required = true, paramLabel = "EPOCH", description = "its name")
          String name,
      @Mixin Destruction destruction)
      throws IOException {
    var epoch = new EpochId(name);
    try (var open = token.open(context)) {
      var key = new EpochKey(open, epoch);
      var abandoned =
          key.toDestroy(
              () -> requireUnfinished(key, open), "destroy book-" + epoch, List.of(UNCONFIRMED));
      destruction.of(abandoned, context, key::destroy);
    }
  }

  private static void requireUnfinished(EpochKey key, OpenToken open) {
    if (key.finished()) {
      throw CommandFailed.refused(
          ("epoch %s is finished on token %s: cards may rest on it, and nothing was destroyed; to"
                  + " end it for ever: karuta epoch retire")
              .formatted(key.epoch(), open.token().name()));
    }
  }

  /// Writes the file that says a book key was made. Without it the key is worth nothing, and no second file can be
  /// made.
  static <M extends Message> CeremonyFile<M> write(Path file, M message, DocumentSigner signer)
      throws IOException {
    try {
      return CeremonyFile.write(file, message, signer);
    } catch (IOException e) {
      var reason = e instanceof WriteFailed failed ? failed.reason() : e.getMessage();
      throw new IOException(
          ("%s could not be written (%s), so the key just made is worth nothing; destroy it with"
                  + " karuta agree abandon, then begin anew on both sides")
              .formatted(file, reason),
          e);
    }
  }

  private static void requireSameDerivation(Confirmation issuers, Response verifiers, Path file)
      throws DocumentException {
    if (issuers.use() != verifiers.use() || !issuers.verifierKdf().equals(verifiers.kdf())) {
      throw new DocumentException(
          "%s: the issuer says that the verifier has derived with %s, for %s; the verifier's response says %s, for %s"
              .formatted(
                  file,
                  issuers.verifierKdf(),
                  issuers.use().label(),
                  verifiers.kdf(),
                  verifiers.use().label()));
    }
  }

  static void requireEpoch(EpochId found, EpochId asked, Path file) throws DocumentException {
    if (!found.equals(asked)) {
      throw new DocumentException(file + ": is of epoch " + found + ", not " + asked);
    }
  }
}
