package karuta.server.receipt;

import java.time.Instant;
import karuta.card.Generation;
import karuta.card.Subject;
import karuta.server.challenge.ChallengeId;
import karuta.server.challenge.Purpose;
import karuta.server.token.AnswerToken;

/// Signs receipts: compact JWS (RFC 7515) with ES256, by a key that never leaves the token.
///
/// A receipt says that this subject answered this challenge right for exactly this transaction. It does not say that the
/// transaction may be executed, nor that it was not executed already: `docs/receipts.md` lists what core banking checks.
public final class Receipts {
  /// The `typ` of a receipt, so that no other signed thing is taken for one (RFC 8725 section 3.11).
  public static final String TYPE = "karuta-receipt+jwt";

  private final AnswerToken token;
  private final String issuer;

  public Receipts(AnswerToken token, String issuer) {
    this.token = token;
    this.issuer = issuer;
  }

  /// What a receipt states.
  ///
  /// @param transactionDigest base64url of SHA-256 over the canonical transaction
  /// @param generation which card of the subject
  /// @param draws how many draws were asked: 1, or 2 for a step-up
  public record Claims(
      Subject subject,
      ChallengeId challenge,
      Purpose purpose,
      String transactionDigest,
      Generation generation,
      int draws,
      Instant at) {}

  /// Signs.
  ///
  /// @throws karuta.server.token.TokenUnavailable if the token gives no signature
  public String sign(Claims claims) {
    return Jws.sign(
        token,
        TYPE,
        out -> {
          out.writeStringField("iss", issuer);
          out.writeStringField("sub", claims.subject().value());
          out.writeStringField("jti", claims.challenge().value());
          out.writeNumberField("iat", claims.at().getEpochSecond());
          out.writeStringField("purpose", claims.purpose().name());
          out.writeStringField("txn_digest", claims.transactionDigest());
          out.writeNumberField("card", claims.generation().value());
          out.writeNumberField("draws", claims.draws());
        });
  }
}
