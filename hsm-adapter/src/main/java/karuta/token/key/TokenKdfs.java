package karuta.token.key;

import static karuta.cryptoki.Cka.CKA_TOKEN;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import karuta.agreement.AgreementUse;
import karuta.agreement.Kdf;
import karuta.cryptoki.Attribute;
import karuta.cryptoki.CkException;
import karuta.token.FaultClass;
import karuta.token.SessionLease;
import karuta.token.Token;
import karuta.token.Verdict;

/// The key derivation functions that a token has. No mechanism flag tells, so each is tried on a pair that is thrown
/// away, against one made in Java: the token must not only derive, but derive what the standard says.
public final class TokenKdfs {
  private static final String LABEL = "karuta key derivation trial";

  private final Map<Kdf, TokenKdf> having = new EnumMap<>(Kdf.class);
  private final List<TokenKdf> deviating = new ArrayList<>();

  private TokenKdfs() {}

  /// All that can be asked for, by preference: of one function a vendor's numbers first, because somebody wrote them
  /// down.
  public static List<TokenKdf> candidates(Collection<TokenKdf> vendors) {
    return Arrays.stream(Kdf.values())
        .flatMap(
            kdf ->
                Stream.concat(
                    vendors.stream().filter(vendor -> vendor.computes() == kdf),
                    Stream.of(TokenKdf.standard(kdf))))
        .toList();
  }

  /// Tries them.
  ///
  /// @param vendors the vendor's own numbers, from the token's settings
  public static TokenKdfs of(Token token, Collection<TokenKdf> vendors) {
    return token.alone(
        lease -> {
          var found = new TokenKdfs();
          var pair = EphemeralPair.make(lease);
          for (var candidate : candidates(vendors)) {
            found.look(lease, pair, candidate);
          }
          pair.destroy(lease);
          return found;
        });
  }

  private void look(SessionLease lease, EphemeralPair pair, TokenKdf candidate) {
    if (having.containsKey(candidate.computes())) {
      return;
    }
    var other = KnownPair.make();
    var template = KeyPolicy.BOOK_VERIFYING.template(LABEL).with(Attribute.of(CKA_TOKEN, false));
    long key;
    try {
      key = pair.derive(lease, other.publicPoint(), candidate, template);
    } catch (CkException e) {
      if (FaultClass.of(e) != FaultClass.CALLER) {
        throw e;
      }
      return;
    }
    var mac = other.mac(pair.publicPoint(), candidate.computes());
    try (var input = KnownPair.input()) {
      if (lease.verify(key, input, mac) == Verdict.RIGHT) {
        having.put(candidate.computes(), candidate);
      } else {
        deviating.add(candidate);
      }
    } finally {
      lease.cryptoki().destroyObject(lease.session(), key);
    }
  }

  /// By which number the token knows a function, if it has it.
  public Optional<TokenKdf> of(Kdf kdf) {
    return Optional.ofNullable(having.get(kdf));
  }

  /// The functions it has, by preference.
  public List<Kdf> all() {
    return List.copyOf(having.keySet());
  }

  /// Those an agreement of that use may be made with, by preference.
  public List<Kdf> allowedIn(AgreementUse use) {
    return having.keySet().stream().filter(use::allows).toList();
  }

  /// Numbers under which the token derives something, but not what is said of them.
  public List<TokenKdf> deviating() {
    return List.copyOf(deviating);
  }
}
