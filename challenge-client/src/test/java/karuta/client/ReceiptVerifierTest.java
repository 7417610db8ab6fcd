package karuta.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import karuta.v1.Purpose;
import karuta.v1.Transaction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A receipt counts for exactly what it states, and nothing else that is signed counts as one.
class ReceiptVerifierTest {
  private static final Instant NOW = Instant.parse("2026-01-05T09:00:00Z");
  private static final Transaction TRANSACTION =
      Transaction.newBuilder()
          .setReference("R-1")
          .setPayee("山田 花子")
          .setAmount("10000")
          .setCurrency("JPY")
          .addLines("振込")
          .addLines("memo")
          .build();

  private ECKey key = newKey();
  private ReceiptVerifier verifier = verifier(key);

  @BeforeEach
  void newVerifier() {
    key = newKey();
    verifier = verifier(key);
  }

  private static ECKey newKey() {
    try {
      return new ECKeyGenerator(Curve.P_256).keyIDFromThumbprint(true).generate();
    } catch (com.nimbusds.jose.JOSEException e) {
      throw new AssertionError(e);
    }
  }

  private static ReceiptVerifier verifier(JWK key) {
    var keys = new JWKSet(key.toPublicJWK());
    var terms = new ReceiptVerifier.Terms("bank", "core-banking", Duration.ofMinutes(3));
    return new ReceiptVerifier(keys, terms, () -> NOW);
  }

  private static JWTClaimsSet claims(UnaryOperator<JWTClaimsSet.Builder> change) {
    var usual =
        new JWTClaimsSet.Builder()
            .issuer("bank")
            .audience("core-banking")
            .subject("customer-1")
            .jwtID("challenge-1")
            .issueTime(Date.from(NOW.minusSeconds(60)))
            .expirationTime(Date.from(NOW.plusSeconds(840)))
            .claim("purpose", "TRANSFER")
            .claim("txn_digest", "0adfMUFuLIC058NelKQNAFFA5eloC3r3rakJmcQLexw")
            .claim("card", 2)
            .claim("draws", 1)
            .claim("guard", "guard-1")
            .claim("seq", 4711);
    return change.apply(usual).build();
  }

  private static JWSHeader.Builder header(ECKey key) {
    return new JWSHeader.Builder(JWSAlgorithm.ES256)
        .keyID(key.getKeyID())
        .type(new JOSEObjectType("karuta-receipt+jwt"));
  }

  private static String signed(JWSHeader header, JWTClaimsSet claims, JWSSigner signer)
      throws Exception {
    var jwt = new SignedJWT(header, claims);
    jwt.sign(signer);
    return jwt.serialize();
  }

  private String receipt(UnaryOperator<JWTClaimsSet.Builder> change) throws Exception {
    return signed(header(key).build(), claims(change), new ECDSASigner(key));
  }

  private Receipt verify(String receipt) throws ReceiptInvalid {
    return verifier.verify(receipt, "customer-1", Purpose.TRANSFER, TRANSACTION);
  }

  private void isInvalid(String receipt, String why) {
    assertThatExceptionOfType(ReceiptInvalid.class)
        .isThrownBy(() -> verify(receipt))
        .withMessageContaining(why);
  }

  @Test
  void aReceiptForThisTransactionCounts() throws Exception {
    assertThat(verify(receipt(same -> same)))
        .isEqualTo(
            new Receipt(
                "bank",
                "core-banking",
                "customer-1",
                "challenge-1",
                Purpose.TRANSFER,
                TransactionDigest.of(TRANSACTION),
                2,
                1,
                NOW.minusSeconds(60),
                NOW.plusSeconds(840),
                "guard-1",
                4711));
  }

  @Test
  void aReceiptSignedAgainIsTheSame() throws Exception {
    var first = receipt(same -> same);
    var again = receipt(same -> same);

    assertThat(again).isNotEqualTo(first);
    assertThat(verify(again)).isEqualTo(verify(first));
  }

  @Test
  void aReceiptForAnythingElseDoesNot() throws Exception {
    isInvalid(receipt(c -> c.issuer("other")), "issuer");
    isInvalid(receipt(c -> c.subject("customer-2")), "subject");
    isInvalid(receipt(c -> c.claim("purpose", "OTP_REMOVAL")), "purpose");
    isInvalid(receipt(c -> c.claim("txn_digest", "x")), "transaction");
    isInvalid(receipt(c -> c.claim("purpose", "NOTHING")), "read");
  }

  @Test
  void aReceiptIsForItsOneAudience() throws Exception {
    isInvalid(receipt(c -> c.audience("securities")), "audience");
    isInvalid(receipt(c -> c.audience(List.of("core-banking", "securities"))), "audience");
    isInvalid(receipt(c -> c.audience(List.of())), "audience");
  }

  @Test
  void aReceiptCountsFromItsAnswerUntilItsEndOrTheCallersLimit() throws Exception {
    verify(receipt(c -> c.expirationTime(Date.from(NOW.plusSeconds(1)))));
    isInvalid(receipt(c -> c.expirationTime(Date.from(NOW))), "expired");
    verify(receipt(c -> c.issueTime(Date.from(NOW.minusSeconds(180)))));
    isInvalid(receipt(c -> c.issueTime(Date.from(NOW.minusSeconds(181)))), "too old");
    verify(receipt(c -> c.issueTime(Date.from(NOW.plusSeconds(30)))));
    isInvalid(receipt(c -> c.issueTime(Date.from(NOW.plusSeconds(31)))), "future");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "iss",
        "sub",
        "jti",
        "iat",
        "exp",
        "purpose",
        "txn_digest",
        "card",
        "draws",
        "guard",
        "seq"
      })
  void aReceiptWithoutAClaimDoesNotCount(String claim) throws Exception {
    isInvalid(receipt(c -> c.claim(claim, null)), "no " + claim);
  }

  @Test
  void aNumberIsAWholeOneFrom1On() throws Exception {
    for (var claim : List.of("card", "draws", "seq")) {
      for (var number : List.<Object>of(0, -1, 1.5, "1", true)) {
        isInvalid(receipt(c -> c.claim(claim, number)), "read");
      }
    }
    isInvalid(receipt(c -> c.claim("card", 1L << 32 | 1)), "read");
  }

  @Test
  void onlyTheOneAlgorithmTypeAndKnownKeyCount() throws Exception {
    var claims = claims(same -> same);
    var signer = new ECDSASigner(key);
    isInvalid(signed(header(key).type(JOSEObjectType.JWT).build(), claims, signer), "type");
    isInvalid(
        signed(
            header(key).type(new JOSEObjectType("karuta-audit-seal+jwt")).build(), claims, signer),
        "type");
    isInvalid(signed(header(newKey()).build(), claims, signer), "unknown key");
    var other = newKey();
    isInvalid(signed(header(key).build(), claims, new ECDSASigner(other)), "signature");
    var hmac =
        new JWSHeader.Builder(JWSAlgorithm.HS256)
            .keyID(key.getKeyID())
            .type(new JOSEObjectType("karuta-receipt+jwt"))
            .build();
    isInvalid(signed(hmac, claims, new MACSigner(new byte[32])), "ES256");
    var extended = header(key).criticalParams(Set.of("x-bank")).customParam("x-bank", true);
    isInvalid(signed(extended.build(), claims, signer), "extension");
    isInvalid("not a receipt", "read");
    isInvalid("", "read");
  }

  @Test
  void aKeyOfAnotherKindIsNoKeyOfReceipts() throws Exception {
    var rsa = new RSAKeyGenerator(2048).keyID("rsa").generate().toPublicJWK();
    verifier = verifier(rsa);

    isInvalid(
        signed(header(key).keyID("rsa").build(), claims(same -> same), new ECDSASigner(key)),
        "unknown key");
  }

  @Test
  void aChangedClaimBreaksTheSignature() throws Exception {
    var parts = receipt(same -> same).split("\\.", -1);
    var other = receipt(c -> c.claim("draws", 2)).split("\\.", -1);
    isInvalid(parts[0] + "." + other[1] + "." + parts[2], "signature");
  }

  @Test
  void theDigestIsThatOfTheDocumentedVector() {
    assertThat(TransactionDigest.of(TRANSACTION))
        .isEqualTo("0adfMUFuLIC058NelKQNAFFA5eloC3r3rakJmcQLexw");
  }
}
