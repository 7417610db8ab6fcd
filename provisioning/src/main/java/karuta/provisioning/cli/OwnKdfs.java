package karuta.provisioning.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import karuta.agreement.AgreementUse;
import karuta.agreement.Kdf;
import karuta.command.CommandFailed;
import karuta.document.DocumentException;
import karuta.provisioning.ceremony.CeremonyFile;
import karuta.provisioning.ceremony.Request;
import karuta.provisioning.ceremony.Response;
import karuta.token.TokenName;
import karuta.token.key.TokenKdf;
import karuta.token.key.TokenKdfs;

/// What one side of an agreement can derive a key with: what its token has, as far as what the agreement is for allows
/// it.
///
/// Both sides must say the same of both, or nothing is made; a refusal says who said what.
final class OwnKdfs {
  private final TokenName token;
  private final AgreementUse use;
  private final TokenKdfs found;

  OwnKdfs(TokenName token, TokenKdfs found, AgreementUse use) {
    this.token = token;
    this.found = found;
    this.use = use;
  }

  AgreementUse use() {
    return use;
  }

  /// What it has, and what it only says it has, a line each.
  List<String> lines() {
    var lines = new ArrayList<String>();
    for (var kdf : found.all()) {
      lines.add(
          numbered(kdf) + (AgreementUse.PRODUCTION.allows(kdf) ? "" : ", for development only"));
    }
    for (var kdf : found.deviating()) {
      lines.add("%s derives something else than %s".formatted(kdf, kdf.computes()));
    }
    return lines;
  }

  private String numbered(Kdf kdf) {
    return found.of(kdf).map(TokenKdf::toString).orElse(kdf.name());
  }

  /// What the issuer offers, by preference.
  ///
  /// @throws CommandFailed if there is nothing
  List<Kdf> offer() {
    var offer = found.allowedIn(use);
    if (offer.isEmpty()) {
      throw CommandFailed.refused(nothing());
    }
    return offer;
  }

  private String nothing() {
    var lines = lines();
    return "the token %s has no key derivation function for %s; it has: %s%s"
        .formatted(
            token,
            use.label(),
            lines.isEmpty() ? "none" : String.join("; ", lines),
            use == AgreementUse.PRODUCTION
                ? " (an agreement for development is marked so on both sides: --development)"
                : "");
  }

  /// What the verifier answers a request with: the first the issuer offers that its own token has.
  ///
  /// @throws CommandFailed if the request is for something else, or nothing is both's
  TokenKdf answer(Request request) {
    if (request.use() != use) {
      throw CommandFailed.refused(
          ("the issuer token %s asks for an agreement for %s, this command is for one for %s; agree"
                  + " on one of the two, and give --development on both sides or on neither")
              .formatted(request.issuerToken(), request.use().label(), use.label()));
    }
    var own = offer();
    return request.kdfs().stream()
        .filter(own::contains)
        .findFirst()
        .flatMap(found::of)
        .orElseThrow(
            () ->
                CommandFailed.refused(
                    ("the issuer token %s offers to derive the key with %s, the verifier token %s"
                            + " has %s; no key derivation function is both's")
                        .formatted(
                            request.issuerToken(), names(request.kdfs()), token, names(own))));
  }

  /// What the issuer completes with, if the verifier has derived with something that was offered.
  ///
  /// @param file the response
  /// @throws DocumentException if not
  TokenKdf accept(CeremonyFile<Request> request, Response response, Path file)
      throws DocumentException {
    var offer = request.message().kdfs();
    var derived = response.kdf().computes();
    if (response.use() != use || !offer.contains(derived)) {
      throw new DocumentException(
          ("%s: the issuer token %s offers %s, for %s; the verifier token %s has derived with %s, for"
                  + " %s")
              .formatted(
                  file,
                  request.message().issuerToken(),
                  names(offer),
                  use.label(),
                  response.verifierToken(),
                  derived,
                  response.use().label()));
    }
    return found.of(derived).orElseThrow();
  }

  static String names(List<Kdf> kdfs) {
    return String.join(" or ", kdfs.stream().map(Kdf::name).toList());
  }
}
