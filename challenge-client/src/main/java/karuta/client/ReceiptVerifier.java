package karuta.client;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import karuta.v1.Purpose;
import karuta.v1.Transaction;

/// Checks 1 to 4 of `docs/receipts.md`: signature, issuer, customer and purpose, transaction, age. Checks 5 and 6 are the
/// caller's: that the challenge was not used before, under a unique index, and that there were enough draws.
public final class ReceiptVerifier {
  private static final JOSEObjectType TYPE = new JOSEObjectType("karuta-receipt+jwt");

  private final JWKSet keys;
  private final String issuer;
  private final Duration longestAge;
  private final InstantSource clock;

  /// @param keys as they were saved at the key ceremony
  /// @param issuer the name of the Karuta whose receipts count
  /// @param longestAge a receipt older than this is refused, and one from further in the future than this
  public ReceiptVerifier(JWKSet keys, String issuer, Duration longestAge, InstantSource clock) {
    this.keys = keys;
    this.issuer = issuer;
    this.longestAge = longestAge;
    this.clock = clock;
  }

  /// Verifies a receipt for what is about to be done.
  ///
  /// @param receipt the compact JWS
  /// @param transaction in canonical form, as the bank is about to execute it: never as it came with the receipt
  /// @throws ReceiptInvalid saying which check failed
  public Receipt verify(String receipt, String subject, Purpose purpose, Transaction transaction)
      throws ReceiptInvalid {
    var read = read(receipt);
    require(read.issuer().equals(issuer), "another issuer");
    require(read.subject().equals(subject), "another subject");
    require(read.purpose() == purpose, "another purpose");
    require(
        read.transactionDigest().equals(TransactionDigest.of(transaction)), "another transaction");
    var age = Duration.between(read.at(), clock.instant()).abs();
    require(age.compareTo(longestAge) <= 0, "too old, or from the future");
    return read;
  }

  /// Signature, algorithm, type and key; nothing else is tried.
  private Receipt read(String receipt) throws ReceiptInvalid {
    try {
      var jwt = SignedJWT.parse(receipt);
      var header = jwt.getHeader();
      require(JWSAlgorithm.ES256.equals(header.getAlgorithm()), "not ES256");
      require(TYPE.equals(header.getType()), "not of type " + TYPE);
      var key = Optional.ofNullable(keys.getKeyByKeyId(header.getKeyID()));
      require(key.isPresent(), "an unknown key");
      require(jwt.verify(new ECDSAVerifier(key.orElseThrow().toECKey())), "the signature is wrong");
      return receipt(jwt.getJWTClaimsSet());
    } catch (ParseException | JOSEException | IllegalArgumentException e) {
      throw new ReceiptInvalid("it cannot be read", e);
    }
  }

  private static Receipt receipt(JWTClaimsSet claims) throws ParseException, ReceiptInvalid {
    return new Receipt(
        text(claims, "iss"),
        text(claims, "sub"),
        text(claims, "jti"),
        Purpose.valueOf(text(claims, "purpose")),
        text(claims, "txn_digest"),
        (int) number(claims, "card"),
        (int) number(claims, "draws"),
        Instant.ofEpochSecond(claims.getDateClaim("iat").toInstant().getEpochSecond()));
  }

  private static String text(JWTClaimsSet claims, String name)
      throws ParseException, ReceiptInvalid {
    var text = Optional.ofNullable(claims.getStringClaim(name));
    require(text.isPresent(), "no " + name);
    return text.orElseThrow();
  }

  private static long number(JWTClaimsSet claims, String name)
      throws ParseException, ReceiptInvalid {
    var number = Optional.ofNullable(claims.getLongClaim(name));
    require(number.isPresent(), "no " + name);
    return number.orElseThrow();
  }

  private static void require(boolean holds, String otherwise) throws ReceiptInvalid {
    if (!holds) {
      throw new ReceiptInvalid(otherwise);
    }
  }
}
