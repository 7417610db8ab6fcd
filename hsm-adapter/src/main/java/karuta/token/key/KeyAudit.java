package karuta.token.key;

import static karuta.cryptoki.Cka.CKA_DERIVE;
import static karuta.cryptoki.Cka.CKA_MODIFIABLE;
import static karuta.cryptoki.Cka.CKA_SIGN;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import karuta.cryptoki.ObjectClass;
import karuta.token.Finding;
import karuta.token.SessionLease;
import karuta.token.Token;
import karuta.token.TokenRole;

/// Looks at what lies on a token and names what should not be so.
///
/// The leftover that matters most is a private key with `CKA_DERIVE`: whoever keeps the verifier's half of a key
/// agreement derives the same value again with `CKA_SIGN`, and has a signing twin of the verify-only key.
public final class KeyAudit {
  private KeyAudit() {}

  /// One key against its policy.
  ///
  /// @return what is wrong; empty if nothing is
  /// @throws karuta.token.KeyNotFound if it is not there
  public static List<Finding> key(SessionLease lease, KeyPolicy policy, String label) {
    return policy.audit(lease, lease.resolve(policy.ref(label)), label);
  }

  /// Looks at everything on the token: each key against its policy, no leftover of a key agreement, nothing missing and
  /// nothing besides what is expected.
  ///
  /// @param expected labels of the keys that should be there
  /// @return what is wrong; empty if nothing is
  public static List<Finding> of(Token token, TokenRole role, Set<String> expected) {
    return token.reading(lease -> all(lease, role, expected));
  }

  private static List<Finding> all(SessionLease lease, TokenRole role, Set<String> expected) {
    var items = TokenObject.all(lease);
    var findings = new LinkedHashSet<>(leftovers(role, items));
    var missing = new TreeSet<>(expected);
    var found = new HashSet<String>();
    for (var item : items) {
      var policy = KeyPolicy.of(role, item.objectClass(), item.name());
      if (policy.isPresent()) {
        findings.addAll(policy.get().audit(lease, item.handle(), item.name()));
        missing.remove(item.name());
        if (!found.add(item.name())) {
          findings.add(new Finding(item.name(), "presence", "one key", "another of that name"));
        }
      }
      if (item.is(ObjectClass.DATA) && FinishedEpochs.isMark(item.name())) {
        continue; // no key, and unchangeable as the leftovers say
      }
      var lastRequest = ApprovedRequests.of(item.name()).filter(_ -> item.is(ObjectClass.DATA));
      if (lastRequest.isPresent()) {
        findings.addAll(lastRequest.get().audit(lease, item.handle()));
        continue;
      }
      if (item.is(ObjectClass.DATA)
          && role == TokenRole.VERIFIER
          && JournalHeads.isHead(item.name())) {
        findings.addAll(JournalHeads.audit(lease, item.handle(), item.name()));
        continue;
      }
      var companion = item.is(ObjectClass.PUBLIC_KEY, ObjectClass.CERTIFICATE);
      if (!expected.contains(item.name()) || (policy.isEmpty() && !companion)) {
        findings.add(new Finding(item.name(), "presence", "absent", "on the token"));
      }
    }
    missing.forEach(
        label -> findings.add(new Finding(label, "presence", "on the token", "absent")));
    return List.copyOf(findings);
  }

  /// Labels of the keys of one kind, whether or not they are as its policy says.
  public static Set<String> labels(Token token, KeyPolicy policy) {
    return token.reading(
        lease ->
            TokenObject.all(lease).stream()
                .filter(
                    item ->
                        KeyPolicy.of(policy.role(), item.objectClass(), item.name())
                            .filter(policy::equals)
                            .isPresent())
                .map(TokenObject::name)
                .collect(Collectors.toUnmodifiableSet()));
  }

  /// What the keys on a token say of its role: for each role a key that belongs only on such a token, if there is one.
  /// No file is asked, and no label of the token.
  public static Map<TokenRole, String> witnesses(SessionLease lease) {
    var witnesses = new EnumMap<TokenRole, String>(TokenRole.class);
    for (var item : TokenObject.all(lease)) {
      for (var role : TokenRole.values()) {
        if (item.speaksFor(role)) {
          witnesses.putIfAbsent(role, item.name());
        }
      }
    }
    return witnesses;
  }

  /// What a key agreement could have left behind.
  public static List<Finding> leftovers(SessionLease lease, TokenRole role) {
    return leftovers(role, TokenObject.all(lease));
  }

  private static List<Finding> leftovers(TokenRole role, List<TokenObject> items) {
    var findings = new ArrayList<Finding>();
    for (var item : items) {
      // An object that does not say what it is may be a key as well.
      var key = !item.is(ObjectClass.PUBLIC_KEY, ObjectClass.CERTIFICATE, ObjectClass.DATA);
      if (key) {
        item.mustNot(CKA_DERIVE).ifPresent(findings::add);
      }
      if (key && role == TokenRole.VERIFIER && !signs(item)) {
        item.mustNot(CKA_SIGN).ifPresent(findings::add);
      }
      item.mustNot(CKA_MODIFIABLE).ifPresent(findings::add);
    }
    return findings;
  }

  /// Whether it is a key by which a verifier token signs: receipts or seals.
  private static boolean signs(TokenObject item) {
    return KeyPolicy.of(TokenRole.VERIFIER, item.objectClass(), item.name())
        .filter(KeyPolicy::isPrivateKey)
        .isPresent();
  }
}
