package karuta.server.seal;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import karuta.server.store.AuditRow;
import karuta.server.store.SealRow;
import karuta.server.store.Store;

/// Holds every seal against the rows under it, the seal before, and the keys it may be signed with.
///
/// What stands after the last seal is not protected, and whoever removes the last seals with their rows leaves no trace in
/// the store itself: that is what a seal's digest kept elsewhere is for. It also finds out whoever has the receipt key.
public final class SealCheck {
  private static final int SEALS_AT_ONCE = 100;

  private final Store store;
  private final JWKSet keys;

  /// @param keys the keys receipts verify under, from a copy that is trusted
  public SealCheck(Store store, JWKSet keys) {
    this.store = store;
    this.keys = keys;
  }

  /// A seal somebody remembers.
  public record Known(long number, String digest) {}

  /// All seals hold.
  ///
  /// @param last number of the last seal; 0 if there is none
  /// @param digest of the last seal; empty if there is none
  public record Whole(long last, String digest, long rows) {}

  /// Says what is wrong, and where.
  public static final class Broken extends Exception {
    private static final long serialVersionUID = 1;

    Broken(long number, String what) {
      super("seal " + number + ": " + what);
    }
  }

  /// Goes through all seals.
  ///
  /// @param known must be among them
  /// @throws Broken at the first that does not hold
  public Whole run(List<Known> known) throws Broken {
    var number = 0L;
    var lastId = "";
    var digest = "";
    var rows = 0L;
    while (true) {
      var from = number;
      var next = store.read(tx -> tx.seals().after(from, SEALS_AT_ONCE));
      for (var seal : next) {
        number++;
        rows += check(seal, number, lastId, digest);
        lastId = seal.lastId();
        digest = Digests.of(seal.seal());
        remembered(known, number, digest);
      }
      if (next.isEmpty()) {
        missing(known, number);
        return new Whole(number, digest, rows);
      }
    }
  }

  private int check(SealRow seal, long number, String after, String previous) throws Broken {
    if (seal.number() != number) {
      throw new Broken(number, "it is missing");
    }
    try {
      var claims = signed(seal);
      if (!Objects.equals(claims.getLongClaim("seal"), number)
          || !Objects.equals(claims.getStringClaim("previous"), previous)
          || !Objects.equals(claims.getStringClaim("last_id"), seal.lastId())) {
        throw new Broken(number, "it does not follow the seal before");
      }
      return rows(seal, after, claims);
    } catch (ParseException | JOSEException e) {
      throw new Broken(number, "it is not a seal");
    }
  }

  private int rows(SealRow seal, String after, JWTClaimsSet claims) throws Broken, ParseException {
    var count = Objects.requireNonNullElse(claims.getIntegerClaim("rows"), 0);
    var rows = store.read(tx -> tx.audit().between(after, seal.lastId(), count + 1));
    if (rows.size() != count
        || !Objects.equals(claims.getStringClaim("digest"), Digests.of(rows))) {
      throw new Broken(
          seal.number(), "the rows under it are not those that were sealed; " + span(rows));
    }
    return count;
  }

  private JWTClaimsSet signed(SealRow seal) throws Broken, ParseException, JOSEException {
    var jwt = SignedJWT.parse(seal.seal());
    var key = keys.getKeyByKeyId(jwt.getHeader().getKeyID());
    if (key == null) {
      throw new Broken(seal.number(), "it is signed by a key that is not among those given");
    }
    if (!Seals.TYPE.equals(String.valueOf(jwt.getHeader().getType()))
        || !jwt.verify(new ECDSAVerifier(key.toECKey()))) {
      throw new Broken(seal.number(), "its signature is wrong");
    }
    return jwt.getJWTClaimsSet();
  }

  private static String span(List<AuditRow> rows) {
    return rows.isEmpty()
        ? "there are none"
        : "they are of %s to %s"
            .formatted(
                Instant.ofEpochMilli(rows.getFirst().at()),
                Instant.ofEpochMilli(rows.getLast().at()));
  }

  private static void remembered(List<Known> known, long number, String digest) throws Broken {
    for (var one : known) {
      if (one.number() == number && !one.digest().equals(digest)) {
        throw new Broken(number, "it is not the one that was known");
      }
    }
  }

  private static void missing(List<Known> known, long last) throws Broken {
    for (var one : known) {
      if (one.number() < 1 || one.number() > last) {
        throw new Broken(one.number(), "it is missing; the last there is has number " + last);
      }
    }
  }
}
