package karuta.guard.sign;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import karuta.guard.client.ChainHead;
import karuta.guard.client.SealFields;
import karuta.guard.journal.Row;
import karuta.guard.token.JudgeToken;
import karuta.guard.token.JudgeToken.Use;
import karuta.guard.token.SigningKey;

/// Signs what was judged, and seals. A receipt says only what its row in the journal says, so signing it again says the
/// same; the two kinds have a `typ` and a key each (RFC 8725 section 3.11), so that no signed thing is taken for
/// another.
public final class Signing {
  /// The `typ` of a receipt.
  public static final String RECEIPT = "karuta-receipt+jwt";

  /// The `typ` of an audit seal.
  public static final String SEAL = "karuta-audit-seal+jwt";

  private final JudgeToken token;
  private final String issuer;
  private final Duration receiptLife;

  /// @param issuer the `iss` of every receipt and seal
  /// @param receiptLife how long after its judgement a receipt is to be honoured
  public Signing(JudgeToken token, String issuer, Duration receiptLife) {
    this.token = token;
    this.issuer = issuer;
    this.receiptLife = receiptLife;
  }

  /// The receipt for a row that was judged RIGHT.
  ///
  /// @throws karuta.guard.client.GuardUnavailable if the token gives no signature; it can be signed later
  public String receipt(Row row) {
    var judgement = row.judgement();
    var statement = row.statement().orElseThrow();
    return sign(
        Use.RECEIPT,
        RECEIPT,
        new JWTClaimsSet.Builder()
            .issuer(issuer)
            .subject(row.subject().value())
            .audience(statement.audience())
            .jwtID(judgement.challenge().value())
            .issueTime(Date.from(judgement.at()))
            .expirationTime(Date.from(judgement.at().plus(receiptLife)))
            .claim("purpose", statement.purpose())
            .claim("txn_digest", statement.transactionDigest())
            .claim("card", row.generation().value())
            .claim("draws", row.draws().size())
            .claim("guard", judgement.guard())
            .claim("seq", judgement.sequence())
            .build());
  }

  /// A seal on the audit and on the head of the guard's own chain.
  ///
  /// @throws karuta.guard.client.GuardUnavailable if the token gives no signature
  public String seal(SealFields fields, Instant at, Optional<ChainHead> head) {
    var claims =
        new JWTClaimsSet.Builder()
            .issuer(issuer)
            .issueTime(Date.from(at))
            .claim("seal", fields.number())
            .claim("previous", fields.previous())
            .claim("last_id", fields.lastId())
            .claim("rows", fields.rows())
            .claim("digest", fields.digest());
    head.ifPresent(
        place ->
            claims
                .claim("guard", place.guard())
                .claim("seq", place.sequence())
                .claim("head", place.hash()));
    return sign(Use.SEAL, SEAL, claims.build());
  }

  /// The public keys for a use, as a JWK set (RFC 7517).
  public String keys(Use use) {
    return new JWKSet(token.keys(use).stream().<JWK>map(Signing::jwk).toList()).toString();
  }

  /// Claims in a JWS of this `typ`, by the key that signs for a use.
  ///
  /// @throws karuta.guard.client.GuardUnavailable if the token gives no signature
  public String sign(Use use, String type, JWTClaimsSet claims) {
    var key = jwk(token.keys(use).getLast());
    var header =
        new JWSHeader.Builder(JWSAlgorithm.ES256)
            .keyID(key.getKeyID())
            .type(new JOSEObjectType(type))
            .build();
    var payload = claims.toPayload().toBase64URL();
    var signed = header.toBase64URL() + "." + payload;
    var signature = Base64URL.encode(token.sign(use, signed.getBytes(StandardCharsets.US_ASCII)));
    return signed + "." + signature;
  }

  /// Named by its thumbprint (RFC 7638), so that a name can never stand for two keys.
  private static ECKey jwk(SigningKey key) {
    try {
      return new ECKey.Builder(Curve.P_256, key.publicKey())
          .keyUse(KeyUse.SIGNATURE)
          .algorithm(JWSAlgorithm.ES256)
          .keyIDFromThumbprint()
          .build();
    } catch (JOSEException e) {
      throw new IllegalStateException("this JDK has no SHA-256", e);
    }
  }
}
