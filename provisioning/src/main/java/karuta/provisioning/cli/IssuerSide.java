package karuta.provisioning.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import karuta.agreement.Kdf;
import karuta.card.EpochId;
import karuta.command.CommandFailed;
import karuta.document.DocumentException;
import karuta.document.DocumentSigner;
import karuta.provisioning.batch.Interrupted;
import karuta.provisioning.ceremony.CeremonyFile;
import karuta.provisioning.ceremony.Confirmation;
import karuta.provisioning.ceremony.Request;
import karuta.provisioning.ceremony.Response;
import karuta.provisioning.plan.Action;
import karuta.provisioning.plan.Plan;
import karuta.provisioning.print.Certificates;
import karuta.token.issuer.Agreement;
import karuta.token.issuer.BookKeyMade;
import karuta.token.issuer.IssuerToken;
import karuta.token.key.KeyPolicy;
import karuta.token.key.TokenKdf;
import org.jspecify.annotations.Nullable;

/// The issuer's side of one agreement: carries out the steps of its plan, each of which needs the result of the one
/// before.
final class IssuerSide implements AutoCloseable {
  private static final String VOID = "interrupted; the request is void, remove it and begin anew";
  private static final Duration LOOK_AGAIN = Duration.ofMillis(200);

  private final Context context;
  private final IssuerToken issuer;
  private final EpochKey key;
  private final EpochId epoch;
  private final OwnKdfs kdfs;
  private final List<Kdf> offer;
  private final AgreementFiles files;
  private final DocumentSigner signer;
  private final X509Certificate pinned;
  private @Nullable Agreement agreement;
  private @Nullable CeremonyFile<Request> request;
  private @Nullable CeremonyFile<Response> response;
  private @Nullable TokenKdf kdf;
  private @Nullable BookKeyMade made;

  /// @param kdfs what its token derives with
  /// @param pinned the verifier's certificate
  /// @throws CommandFailed if the token derives with nothing that the agreement may be made with
  IssuerSide(
      Context context,
      IssuerToken issuer,
      EpochKey key,
      OwnKdfs kdfs,
      AgreementFiles files,
      DocumentSigner signer,
      X509Certificate pinned) {
    this.context = context;
    this.issuer = issuer;
    this.key = key;
    this.epoch = key.epoch();
    this.kdfs = kdfs;
    this.offer = kdfs.offer();
    this.files = files;
    this.signer = signer;
    this.pinned = pinned;
  }

  /// The five steps. The key is finished last: until the confirmation is written, it can be abandoned.
  ///
  /// @param comparison how the response is compared with what the verifier sees
  /// @param patience how long to wait for the response
  Plan plan(Comparison comparison, Duration patience) throws IOException {
    var token = issuer.token().name();
    var label = KeyPolicy.BOOK_SIGNING.label(epoch.value());
    var by =
        "%s, certificate SHA-256 %s"
            .formatted(
                pinned.getSubjectX500Principal().getName(), Certificates.fingerprint(pinned));
    return Plan.empty()
        .then(this::ask, file(files.request(), "the public point of a new pair", offered()))
        .then(() -> await(comparison, patience), new Action.AwaitFile(files.response(), by))
        .then(this::makeKey, new Action.MakeKey(token, KeyPolicy.BOOK_SIGNING, label))
        .then(this::confirm, file(files.confirmation(), "the check value of " + label))
        .then(this::finish, new Action.FinishEpoch(token, epoch));
  }

  private String offered() {
    return "for %s, offering %s".formatted(kdfs.use().label(), OwnKdfs.names(offer));
  }

  private Action file(Path file, String... content) {
    var lines = new ArrayList<>(List.of(content));
    lines.add("signed by " + signer.certificate().getSubjectX500Principal().getName());
    return new Action.WriteFile(file, lines);
  }

  private void ask() throws IOException {
    var begun = issuer.beginAgreement(epoch);
    agreement = begun;
    var asked =
        new Request(
            epoch,
            issuer.token().name().serial(),
            kdfs.use(),
            offer,
            begun.publicPoint(),
            context.now());
    var written = CeremonyFile.write(files.request(), asked, signer);
    request = written;
    context.say("request %s", files.request());
    context.say("fingerprint %s", written.fingerprint());
  }

  private void await(Comparison comparison, Duration patience) throws IOException {
    context.note("waiting for %s", files.response());
    var come = await(files.response(), context.clock().instant().plus(patience));
    kdf = requireAnswer(come.message(), Objects.requireNonNull(request), files.response());
    comparison.check(come, "the verifier's response", context);
    response = come;
  }

  private void makeKey() {
    var answer = Objects.requireNonNull(response).message();
    var with = Objects.requireNonNull(kdf);
    made = Objects.requireNonNull(agreement).complete(answer.point(), with);
    context.say(
        "key book-%s in token %s, to sign only, derived with %s",
        epoch, issuer.token().name(), with);
  }

  private void confirm() throws IOException {
    var answer = Objects.requireNonNull(response);
    var confirmation =
        new Confirmation(
            answer.message(),
            answer.digest(),
            issuer.token().name().serial(),
            Objects.requireNonNull(kdf),
            Objects.requireNonNull(made).checkValue(),
            context.now());
    AgreeCommands.write(files.confirmation(), confirmation, signer);
    context.say("confirmation %s", files.confirmation());
  }

  private void finish() {
    key.finish(Objects.requireNonNull(made).checkValue());
    context.note("take it to the verifier's custodian, and keep a copy: batches name it");
  }

  private TokenKdf requireAnswer(Response response, CeremonyFile<Request> request, Path file)
      throws DocumentException {
    AgreeCommands.requireEpoch(response.epoch(), request.message().epoch(), file);
    if (!response.requestDigest().equals(request.digest())) {
      throw new DocumentException(file + ": answers another request");
    }
    return kdfs.accept(request, response, file);
  }

  /// Memory sticks and network drives send no notice of new files, so the name is looked up again and again. They also
  /// show a file before all of it is there, so what cannot be read yet is said once and looked at again.
  private CeremonyFile<Response> await(Path file, Instant deadline) throws IOException {
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

  /// Ends the session the pair lives in, if there is one.
  @Override
  public void close() {
    if (agreement != null) {
      agreement.close();
    }
  }
}
