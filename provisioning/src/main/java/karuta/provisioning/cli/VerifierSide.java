package karuta.provisioning.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import karuta.agreement.AgreementUse;
import karuta.card.EpochId;
import karuta.document.DocumentSigner;
import karuta.provisioning.ceremony.CeremonyFile;
import karuta.provisioning.ceremony.Request;
import karuta.provisioning.ceremony.Response;
import karuta.provisioning.plan.Action;
import karuta.provisioning.plan.Plan;
import karuta.token.key.KeyPolicy;
import karuta.token.key.TokenKdf;
import karuta.token.verifier.VerifierToken;
import org.jspecify.annotations.Nullable;

/// The verifier's side of one agreement: carries out the steps of its plan, of which the second needs the result of the
/// first.
final class VerifierSide {
  private final Context context;
  private final VerifierToken verifier;
  private final Path file;
  private final DocumentSigner signer;
  private final CeremonyFile<Request> request;
  private final AgreementUse use;
  private final TokenKdf kdf;
  private final EpochId epoch;
  private @Nullable Response response;

  /// @param file where the response is written
  /// @param kdfs what its token derives with
  /// @throws karuta.command.CommandFailed if the two sides have no key derivation function in common
  VerifierSide(
      Context context,
      VerifierToken verifier,
      Path file,
      DocumentSigner signer,
      CeremonyFile<Request> request,
      OwnKdfs kdfs) {
    this.context = context;
    this.verifier = verifier;
    this.file = file;
    this.signer = signer;
    this.request = request;
    this.use = kdfs.use();
    this.kdf = kdfs.answer(request.message());
    this.epoch = request.message().epoch();
  }

  /// The two steps.
  Plan plan() {
    var key = KeyPolicy.BOOK_VERIFYING.label(epoch.value());
    return Plan.empty()
        .then(
            this::makeKey,
            new Action.MakeKey(
                verifier.token().name(),
                KeyPolicy.BOOK_VERIFYING,
                key,
                "derived with %s, for %s".formatted(kdf, use.label())))
        .then(
            this::respond,
            new Action.WriteFile(
                file,
                "the public point that %s was made with".formatted(key),
                "signed by " + signer.certificate().getSubjectX500Principal().getName(),
                "in answer to the request with the fingerprint " + request.fingerprint()));
  }

  private void makeKey() {
    var point = verifier.respondAgreement(epoch, request.message().point(), kdf);
    var token = verifier.token().name();
    response =
        new Response(epoch, request.digest(), token.serial(), use, kdf, point, context.now());
    context.say("key book-%s in token %s, to verify only, derived with %s", epoch, token, kdf);
  }

  private void respond() throws IOException {
    var written = AgreeCommands.write(file, Objects.requireNonNull(response), signer);
    context.say("response %s", file);
    context.say("fingerprint %s", written.fingerprint());
    context.note("take it to the issuer's custodian and read the fingerprint out to them");
  }
}
