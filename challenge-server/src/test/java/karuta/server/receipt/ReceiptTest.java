package karuta.server.receipt;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import java.math.BigInteger;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.text.ParseException;
import java.time.Instant;
import karuta.card.Generation;
import karuta.card.Subject;
import karuta.server.challenge.ChallengeId;
import karuta.server.challenge.Purpose;
import karuta.server.testing.FakeAnswerToken;
import org.junit.jupiter.api.Test;

/// Receipts and keys as a JOSE library reads them.
class ReceiptTest {
  private static final Receipts.Claims CLAIMS =
      new Receipts.Claims(
          new Subject("customer-1"),
          new ChallengeId("AAAAAAAAAAAAAAAAAAAAAA"),
          Purpose.TRANSFER,
          "0".repeat(43),
          new Generation(2),
          1,
          Instant.parse("2026-01-05T09:00:00.900Z"));

  private final FakeAnswerToken token = new FakeAnswerToken(new byte[32]);

  @Test
  void aReceiptVerifiesUnderThePublishedKeyItNames() throws ParseException, JOSEException {
    var receipt = SignedJWT.parse(new Receipts(token, "a \"bank\"").sign(CLAIMS));
    var keys = JWKSet.parse(new ReceiptKeys(token).jwks());

    var key = keys.getKeyByKeyId(receipt.getHeader().getKeyID()).toECKey();

    assertThat(key.computeThumbprint().toString()).isEqualTo(key.getKeyID());
    assertThat(key.getAlgorithm()).isEqualTo(JWSAlgorithm.ES256);
    assertThat(receipt.getHeader().getType().getType()).isEqualTo("karuta-receipt+jwt");
    assertThat(receipt.verify(new ECDSAVerifier(key))).isTrue();
    var claims = receipt.getJWTClaimsSet();
    assertThat(claims.getIssuer()).isEqualTo("a \"bank\"");
    assertThat(claims.getSubject()).isEqualTo("customer-1");
    assertThat(claims.getJWTID()).isEqualTo("AAAAAAAAAAAAAAAAAAAAAA");
    assertThat(claims.getIssueTime()).isEqualTo("2026-01-05T09:00:00Z");
    assertThat(claims.getStringClaim("purpose")).isEqualTo("TRANSFER");
    assertThat(claims.getStringClaim("txn_digest")).isEqualTo("0".repeat(43));
    assertThat(claims.getIntegerClaim("card")).isEqualTo(2);
    assertThat(claims.getIntegerClaim("draws")).isEqualTo(1);
  }

  @Test
  void aChangedReceiptDoesNotVerify() throws ParseException, JOSEException {
    var parts = new Receipts(token, "bank").sign(CLAIMS).split("\\.", -1);
    var other =
        new Receipts(token, "bank")
            .sign(
                new Receipts.Claims(
                    new Subject("customer-2"),
                    CLAIMS.challenge(),
                    CLAIMS.purpose(),
                    CLAIMS.transactionDigest(),
                    CLAIMS.generation(),
                    CLAIMS.draws(),
                    CLAIMS.at()))
            .split("\\.", -1);

    var mixed = SignedJWT.parse(parts[0] + "." + other[1] + "." + parts[2]);

    assertThat(mixed.verify(new ECDSAVerifier(token.signingKey().publicKey()))).isFalse();
  }

  @Test
  void shortCoordinatesAreFilledWithZeros() {
    var key = new ShortKey(BigInteger.ONE, BigInteger.TWO.pow(255));

    var jwk = Jwk.of(key);

    assertThat(jwk.x()).isEqualTo("A".repeat(42) + "E");
    assertThat(jwk.y()).isEqualTo("g" + "A".repeat(42));
  }

  private record ShortKey(BigInteger x, BigInteger y) implements ECPublicKey {
    @Override
    public ECPoint getW() {
      return new ECPoint(x, y);
    }

    @Override
    public String getAlgorithm() {
      return "EC";
    }

    @Override
    public String getFormat() {
      throw new UnsupportedOperationException();
    }

    @Override
    public byte[] getEncoded() {
      throw new UnsupportedOperationException();
    }

    @Override
    public ECParameterSpec getParams() {
      throw new UnsupportedOperationException();
    }
  }
}
