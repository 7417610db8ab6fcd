package karuta.provisioning.cli;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import karuta.command.CommandFailed;
import karuta.command.ExitCode;
import karuta.document.DocumentException;
import karuta.provisioning.batch.Interrupted;
import karuta.provisioning.ceremony.CeremonyFile;
import karuta.provisioning.ceremony.Confirmation;
import karuta.provisioning.ceremony.Request;
import karuta.provisioning.ceremony.Response;
import karuta.provisioning.document.PinnedCertificate;
import karuta.provisioning.document.TokenSigner;
import karuta.token.issuer.Agreement;
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
    header = {"issuer: from the request to the confirmation", ""},
    mixinStandardHelpOptions = true,
    description = {
      "issuer: make a request, wait for its response, make the confirmation. The",
      "command stays in the foreground meanwhile: its private key cannot outlive it.",
      "Read the request's fingerprint out to the verifier's custodian; you are asked",
      "for the response's, which he reads out to you."
    },
    footerHeading = "%nExample:%n",
    footer = {
      "  karuta agree request --token issuer/token.toml --epoch 2026a \\",
      "    --signing-key issuer-1 --verifier-certificate receipt-1.pem --dir usb"
    })
final class AgreeRequestCommand implements Callable<Integer> {
  private static final String VOID = "interrupted; the request is void, remove it and begin anew";
  private static final Duration LOOK_AGAIN = Duration.ofMillis(200);

  private final Context context;

  @Mixin
  @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs
  private TokenOption token;

  @Mixin
  @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs
  private AgreementOptions agreementOptions;

  @Option(
      names = "--signing-key",
      required = true,
      paramLabel = "LABEL",
      description = "this token's key that signs the files, such as issuer-1")
  @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs
  private String signingKey;

  @Option(
      names = "--verifier-certificate",
      required = true,
      paramLabel = "FILE",
      description = "the verifier's certificate, compared when it was handed over")
  @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs
  private Path verifierCertificate;

  @Mixin
  @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs
  private Comparison comparison;

  @Option(
      names = "--wait",
      defaultValue = "3600",
      paramLabel = "SECONDS",
      description = "how long to wait for the response; default ${DEFAULT-VALUE}")
  private int seconds;

  @Option(names = "--dry-run", description = "say what would be made, make nothing")
  private boolean dryRun;

  AgreeRequestCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException {
    var tokenFile = token.read();
    var epoch = agreementOptions.epoch();
    var files = agreementOptions.files();
    var pinned = PinnedCertificate.read(verifierCertificate);
    for (var file : List.of(files.request(), files.response(), files.confirmation())) {
      if (Files.exists(file)) {
        throw new FileAlreadyExistsException(file.toString());
      }
    }
    try (var open = OpenToken.open(tokenFile, context)) {
      comparison.check(open);
      var issuer = open.issuer();
      AgreeCommands.requireNoBookKey(issuer.hasBookKey(epoch), epoch, "issuer");
      if (dryRun) {
        context.say("would write %s and wait for %s", files.request(), files.response());
        context.say(
            "would make the key book-%s in token %s, to sign only", epoch, tokenFile.name());
        context.say("would write %s", files.confirmation());
        return ExitCode.DONE;
      }
      var signer = new TokenSigner(issuer.signing(), signingKey);
      var serial = open.token().name().serial();
      var kdfs = issuer.kdfs();
      try (var agreement = issuer.beginAgreement(epoch)) {
        var request =
            CeremonyFile.write(
                files.request(),
                new Request(epoch, serial, kdfs, agreement.publicPoint(), context.now()),
                signer);
        context.say("request %s", files.request());
        context.say("fingerprint %s", request.fingerprint());
        context.note("waiting for %s", files.response());
        var response = await(files.response(), pinned);
        requireAnswer(response.message(), request, files.response());
        comparison.check(response, "the verifier's response", context);
        confirm(agreement, response, serial, signer, files.confirmation());
        context.say("key book-%s in token %s, to sign only", epoch, open.token().name());
        context.say("confirmation %s", files.confirmation());
      }
    }
    context.note("take it to the verifier's custodian, and keep a copy: batches name it");
    return ExitCode.DONE;
  }

  private void confirm(
      Agreement agreement,
      CeremonyFile<Response> response,
      String serial,
      TokenSigner signer,
      Path file)
      throws IOException {
    var made = agreement.complete(response.message().point(), response.message().kdf());
    var confirmation =
        new Confirmation(
            response.message(), response.digest(), serial, made.checkValue(), context.now());
    AgreeCommands.write(file, confirmation, signer, "issuer");
  }

  private static void requireAnswer(Response response, CeremonyFile<Request> request, Path file)
      throws DocumentException {
    AgreeCommands.requireEpoch(response.epoch(), request.message().epoch(), file);
    if (!response.requestDigest().equals(request.digest())) {
      throw new DocumentException(file + ": answers another request");
    }
    if (!request.message().kdfs().contains(response.kdf())) {
      throw new DocumentException(
          file + ": uses a key derivation function the request does not offer");
    }
  }

  /// Memory sticks and network drives send no notice of new files, so the name is looked up again and again. They also
  /// show a file before all of it is there, so what cannot be read yet is said once and looked at again.
  private CeremonyFile<Response> await(Path file, X509Certificate pinned) throws IOException {
    var deadline = context.clock().instant().plusSeconds(seconds);
    var problem = Optional.<DocumentException>empty();
    while (true) {
      if (Files.exists(file)) {
        try {
          return CeremonyFile.response(file, pinned);
        } catch (DocumentException e) {
          if (problem.isEmpty()) {
            context.note(
                "%s; waiting for the whole file, Ctrl-C to end", String.valueOf(e.getMessage()));
          }
          problem = Optional.of(e);
        }
      }
      if (context.stopped().getAsBoolean()) {
        throw new Interrupted(VOID);
      }
      if (context.clock().instant().isAfter(deadline)) {
        if (problem.isPresent()) {
          throw problem.get();
        }
        throw CommandFailed.refused(
            "no response came; the request is void, remove it and begin anew");
      }
      try {
        Thread.sleep(LOOK_AGAIN);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new Interrupted(VOID);
      }
    }
  }
}
