package karuta.demobank.fake;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import karuta.demo.Guard;
import karuta.v1.Challenge;

/// The guard of the stand-in, as far as it signs: receipts with every claim of a real one, under a key of its own.
final class FakeReceipts {
  static final String KEYS_PATH = "/.well-known/jwks.json";
  private static final Duration LIFE = Duration.ofMinutes(15);

  private final ECKey key = newKey();
  private long sequence;

  private static ECKey newKey() {
    try {
      return new ECKeyGenerator(Curve.P_256).keyIDFromThumbprint(true).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  /// What a receipt verifies under, as the server publishes it.
  String keys() {
    return new JWKSet(key.toPublicJWK()).toString();
  }

  /// An answer was judged wrong: it has its number too.
  void wrong() {
    sequence++;
  }

  /// An answer was judged right.
  String sign(Challenge challenge, int generation, Instant at) {
    sequence++;
    var claims =
        new JWTClaimsSet.Builder()
            .issuer(Guard.RECEIPT_ISSUER)
            .subject(challenge.getSubject())
            .audience(Guard.RECEIPT_AUDIENCE)
            .jwtID(challenge.getChallengeId())
            .issueTime(Date.from(at))
            .expirationTime(Date.from(at.plus(LIFE)))
            .claim("purpose", challenge.getPurpose().name())
            .claim("txn_digest", challenge.getTransactionDigest())
            .claim("card", generation)
            .claim("draws", 1)
            .claim("guard", "guard-1")
            .claim("seq", sequence);
    var header =
        new JWSHeader.Builder(JWSAlgorithm.ES256)
            .keyID(key.getKeyID())
            .type(new JOSEObjectType("karuta-receipt+jwt"));
    try {
      var receipt = new SignedJWT(header.build(), claims.build());
      receipt.sign(new ECDSASigner(key));
      return receipt.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }
}
