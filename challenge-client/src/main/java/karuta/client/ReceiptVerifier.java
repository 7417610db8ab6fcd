package karuta.client;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import karuta.v1.Purpose;
import karuta.v1.Transaction;
import org.jspecify.annotations.Nullable;

/// Checks 1 to 4 of `docs/receipts.md`: signature, issuer and audience, customer and purpose, transaction, time. Checks
/// 5 and 6 are the caller's: that the challenge was not used before, under a unique index, and that there were enough
/// draws. What a caller may do with the guard's numbers is said at [Receipt].
public final class ReceiptVerifier {
  /// How far a receipt may be from the future, for clocks that differ. Its end has no such allowance: it comes minutes
  /// after the answer.
  public static final Duration CLOCK_LEEWAY = Duration.ofSeconds(30);

  private static final JOSEObjectType TYPE = new JOSEObjectType("karuta-receipt+jwt");
  private static final String UNREADABLE = "it cannot be read";

  private final JWKSet keys;
  private final Terms terms;
  private final InstantSource clock;

  /// Which receipts count at all.
  ///
  /// @param issuer the name of the Karuta whose receipts count
  /// @param audience the caller's own name, as the servers have it in `[receipts] audience`: a receipt for anybody else
  ///     is refused
  /// @param longestAge the caller's own limit, beside the end that each receipt has
  public record Terms(String issuer, String audience, Duration longestAge) {}

  /// @param keys as they were saved at the key ceremony
  public ReceiptVerifier(JWKSet keys, Terms terms, InstantSource clock) {
    this.keys = keys;
    this.terms = terms;
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
    require(read.issuer().equals(terms.issuer()), "another issuer");
    require(read.subject().equals(subject), "another subject");
    require(read.purpose() == purpose, "another purpose");
    require(
        read.transactionDigest().equals(TransactionDigest.of(transaction)), "another transaction");
    var now = clock.instant();
    require(!read.at().isAfter(now.plus(CLOCK_LEEWAY)), "from the future");
    require(now.isBefore(read.expiresAt()), "expired");
    require(!read.at().isBefore(now.minus(terms.longestAge())), "too old");
    return read;
  }

  /// Signature, algorithm, type and key; nothing else is tried.
  private Receipt read(String receipt) throws ReceiptInvalid {
    try {
      var jwt = SignedJWT.parse(receipt);
      var header = jwt.getHeader();
      require(JWSAlgorithm.ES256.equals(header.getAlgorithm()), "not ES256");
      require(TYPE.equals(header.getType()), "not of type " + TYPE);
      require(header.getCriticalParams() == null, "an unknown extension");
      var key = key(header.getKeyID());
      require(key.isPresent(), "an unknown key");
      require(jwt.verify(new ECDSAVerifier(key.orElseThrow())), "the signature is wrong");
      return receipt(jwt.getJWTClaimsSet());
    } catch (ParseException | JOSEException | IllegalArgumentException e) {
      throw new ReceiptInvalid(UNREADABLE, e);
    }
  }

  private Optional<ECKey> key(String id) {
    return Optional.ofNullable(keys.getKeyByKeyId(id))
        .filter(ECKey.class::isInstance)
        .map(ECKey.class::cast);
  }

  private Receipt receipt(JWTClaimsSet claims) throws ParseException, ReceiptInvalid {
    require(claims.getAudience().equals(List.of(terms.audience())), "another audience");
    return new Receipt(
        text(claims, "iss"),
        terms.audience(),
        text(claims, "sub"),
        text(claims, "jti"),
        Purpose.valueOf(text(claims, "purpose")),
        text(claims, "txn_digest"),
        (int) number(claims, "card", Integer.MAX_VALUE),
        (int) number(claims, "draws", Integer.MAX_VALUE),
        time(claims, "iat"),
        time(claims, "exp"),
        text(claims, "guard"),
        number(claims, "seq", Long.MAX_VALUE));
  }

  private static String text(JWTClaimsSet claims, String name)
      throws ParseException, ReceiptInvalid {
    return required(claims.getStringClaim(name), name);
  }

  /// Counts begin with 1; nothing is rounded or cut to fit.
  private static long number(JWTClaimsSet claims, String name, long most) throws ReceiptInvalid {
    if (required(claims.getClaim(name), name) instanceof Long number
        && number > 0
        && number <= most) {
      return number;
    }
    throw new ReceiptInvalid(UNREADABLE);
  }

  private static Instant time(JWTClaimsSet claims, String name)
      throws ParseException, ReceiptInvalid {
    return required(claims.getDateClaim(name), name).toInstant();
  }

  private static <T> T required(@Nullable T claim, String name) throws ReceiptInvalid {
    if (claim == null) {
      throw new ReceiptInvalid("no " + name);
    }
    return claim;
  }

  private static void require(boolean holds, String otherwise) throws ReceiptInvalid {
    if (!holds) {
      throw new ReceiptInvalid(otherwise);
    }
  }
}
