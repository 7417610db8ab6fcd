package karuta.guard.upkeep;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import karuta.digest.Sha256;
import karuta.guard.client.ChainHead;
import karuta.guard.journal.Chain;

/// What a guard's token signs of what was folded: as a JWS (ES256) of a `typ` of its own under the key for seals, so
/// that neither a seal, which servers ask for, nor a receipt is ever taken for one.
///
/// @param number 1, 2, ...
/// @param previous SHA-256 of the whole checkpoint before, base64url; empty for the first
/// @param before no judgement of this moment or a later one is folded
/// @param rows how many judgements were folded, in all
/// @param cards how many cards have a base
/// @param digest of all bases, see [SetDigest]
/// @param chains where the rows of each guard begin, in the order of their names
public record Checkpoint(
    long number,
    String previous,
    Instant before,
    long rows,
    long cards,
    String digest,
    List<Chain> chains) {
  static final String TYPE = "karuta-journal-checkpoint+jwt";

  public Checkpoint {
    chains = List.copyOf(chains);
  }

  /// Before the first.
  static final Checkpoint NONE =
      new Checkpoint(0, "", Instant.EPOCH, 0, 0, new SetDigest().value(), List.of());

  /// Where the rows of a guard begin.
  Chain chain(String guard) {
    return chains.stream()
        .filter(chain -> chain.guard().equals(guard))
        .findFirst()
        .orElseGet(() -> Rows.none(guard));
  }

  /// What is signed.
  JWTClaimsSet claims(String issuer, Instant at) {
    return new JWTClaimsSet.Builder()
        .issuer(issuer)
        .issueTime(Date.from(at))
        .claim("checkpoint", number)
        .claim("previous", previous)
        .claim("before", before.toEpochMilli())
        .claim("rows", rows)
        .claim("cards", cards)
        .claim("digest", digest)
        .claim("chains", chains.stream().map(Checkpoint::claim).toList())
        .build();
  }

  private static Map<String, Object> claim(Chain chain) {
    return Map.of(
        "guard", chain.guard(),
        "seq", chain.sequence(),
        "hash", chain.hash(),
        "at", chain.at().toEpochMilli());
  }

  /// The digest of a signed checkpoint, which the next one names and the log has.
  ///
  /// @return base64url, 43 characters
  static String digest(String signed) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(Sha256.of(signed.getBytes(StandardCharsets.US_ASCII)));
  }

  /// Reads a checkpoint, if one of these keys has signed it as such.
  ///
  /// @param keys those for seals
  static Optional<Checkpoint> verified(String signed, JWKSet keys) {
    try {
      var jws = SignedJWT.parse(signed);
      var header = jws.getHeader();
      var key = keys.getKeyByKeyId(header.getKeyID());
      return header.getAlgorithm().equals(JWSAlgorithm.ES256)
              && new JOSEObjectType(TYPE).equals(header.getType())
              && key != null
              && jws.verify(new ECDSAVerifier(key.toECKey()))
          ? Optional.of(read(jws.getJWTClaimsSet()))
          : Optional.empty();
    } catch (ParseException
        | JOSEException
        | IllegalArgumentException
        | NullPointerException
        | ClassCastException _) {
      return Optional.empty();
    }
  }

  private static Checkpoint read(JWTClaimsSet claims) throws ParseException {
    return new Checkpoint(
        claims.getLongClaim("checkpoint"),
        claims.getStringClaim("previous"),
        Instant.ofEpochMilli(claims.getLongClaim("before")),
        claims.getLongClaim("rows"),
        claims.getLongClaim("cards"),
        claims.getStringClaim("digest"),
        claims.getListClaim("chains").stream().map(Checkpoint::chain).toList());
  }

  private static Chain chain(Object claim) {
    var fields = (Map<?, ?>) claim;
    var head =
        new ChainHead(
            (String) Objects.requireNonNull(fields.get("guard")),
            number(fields, "seq"),
            (String) Objects.requireNonNull(fields.get("hash")));
    return new Chain(
        head.guard(), head.sequence(), head.hash(), Instant.ofEpochMilli(number(fields, "at")));
  }

  private static long number(Map<?, ?> fields, String name) {
    return ((Number) Objects.requireNonNull(fields.get(name))).longValue();
  }
}
