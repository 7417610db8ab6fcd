package karuta.server.seal;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import karuta.server.store.AuditRow;
import karuta.server.store.SealRow;
import karuta.server.store.Store;

/// Holds every seal against the rows under it, the seal before, and the keys it may be signed with.
///
/// Rows after the last seal are not protected yet; how long they may be so has an end, and each row is looked at by
/// itself ([RowCheck]), so that none escapes the seals by its id. Whoever removes the last seals with their rows leaves
/// no trace in the store itself: that is what a seal's digest kept elsewhere is for. That copy also reveals rows that
/// were changed by somebody who can have new seals signed.
public final class SealCheck {
  private static final int SEALS_AT_ONCE = 100;
  private static final int ROWS_AT_ONCE = 1_000;

  private final Store store;
  private final JWKSet keys;
  private final RowCheck each;

  /// @param keys the keys seals verify under, from a copy that is trusted
  /// @param now time of record
  public SealCheck(Store store, JWKSet keys, Instant now) {
    this.store = store;
    this.keys = keys;
    this.each = new RowCheck(now);
  }

  /// A seal somebody remembers.
  public record Known(long number, String digest) {}

  /// What was found.
  ///
  /// @param last number of the last seal; 0 if there is none
  /// @param digest of the last seal; empty if there is none
  /// @param rows how many are under seals that hold
  /// @param open how many come after the last seal, so that nothing vouches for them yet
  /// @param broken a line for each seal that does not hold (its number, why, and where to look), and for each row that
  ///     is not as a server writes it or should be under a seal by now
  public record Report(long last, String digest, long rows, long open, List<String> broken) {}

  private static final class Broken extends Exception {
    private static final long serialVersionUID = 1;

    private final String what;

    Broken(String what) {
      super(what);
      this.what = what;
    }
  }

  /// Goes through all seals, past those that do not hold.
  ///
  /// @param known must be among them
  public Report run(List<Known> known) {
    var number = 0L;
    var lastId = "";
    var digest = "";
    var rows = 0L;
    var broken = new ArrayList<String>();
    while (true) {
      var from = number;
      var next = store.read(tx -> tx.seals().after(from, SEALS_AT_ONCE));
      for (var seal : next) {
        if (seal.number() != number + 1) {
          broken.add(finding(number + 1, "it is missing; the next has number " + seal.number()));
        }
        number = seal.number();
        try {
          rows += check(seal, lastId, digest);
        } catch (Broken seen) {
          broken.add(finding(number, seen.what));
        }
        lastId = seal.lastId();
        digest = Digests.of(seal.seal());
        remembered(known, number, digest, broken);
      }
      if (next.isEmpty()) {
        missing(known, number, broken);
        var open = open(lastId);
        broken.addAll(each.lines());
        return new Report(number, digest, rows, open, List.copyOf(broken));
      }
    }
  }

  private long open(String lastId) {
    if (store.<Boolean>read(tx -> tx.audit().hasEmptyId())) {
      each.withoutId();
    }
    var count = 0L;
    var after = lastId;
    while (true) {
      var from = after;
      var rows = store.read(tx -> tx.audit().after(from, ROWS_AT_ONCE));
      if (rows.isEmpty()) {
        return count;
      }
      rows.forEach(each::open);
      count += rows.size();
      after = rows.getLast().id();
    }
  }

  private int check(SealRow seal, String after, String previous) throws Broken {
    try {
      var claims = signed(seal);
      if (!Objects.equals(claims.getLongClaim("seal"), seal.number())
          || !Objects.equals(claims.getStringClaim("previous"), previous)
          || !Objects.equals(claims.getStringClaim("last_id"), seal.lastId())) {
        throw new Broken("it does not follow the seal before");
      }
      return rows(seal, after, claims);
    } catch (ParseException | JOSEException e) {
      throw new Broken("it is not a seal");
    }
  }

  private int rows(SealRow seal, String after, JWTClaimsSet claims) throws Broken, ParseException {
    var count = Objects.requireNonNullElse(claims.getIntegerClaim("rows"), 0);
    var rows = store.read(tx -> tx.audit().between(after, seal.lastId(), count + 1));
    if (rows.size() != count
        || !Objects.equals(claims.getStringClaim("digest"), Digests.of(rows))) {
      throw new Broken("the rows under it are not those that were sealed; " + span(rows));
    }
    rows.forEach(each::sealed);
    return count;
  }

  private JWTClaimsSet signed(SealRow seal) throws Broken, ParseException, JOSEException {
    var jwt = SignedJWT.parse(seal.seal());
    var key = keys.getKeyByKeyId(jwt.getHeader().getKeyID());
    if (key == null) {
      throw new Broken("it is signed by a key that is not among those given");
    }
    if (!Seals.TYPE.equals(String.valueOf(jwt.getHeader().getType()))
        || !jwt.verify(new ECDSAVerifier(key.toECKey()))) {
      throw new Broken("its signature is wrong");
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

  private static String finding(long number, String what) {
    return "seal " + number + ": " + what;
  }

  private static void remembered(
      List<Known> known, long number, String digest, List<String> broken) {
    for (var one : known) {
      if (one.number() == number && !one.digest().equals(digest)) {
        broken.add(finding(number, "it is not the one that was known"));
      }
    }
  }

  private static void missing(List<Known> known, long last, List<String> broken) {
    for (var one : known) {
      if (one.number() > last) {
        broken.add(finding(one.number(), "it is missing; the last there is has number " + last));
      }
    }
  }
}
