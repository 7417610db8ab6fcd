package karuta.token.key;

import static karuta.cryptoki.Cka.CKA_ALLOWED_MECHANISMS;
import static karuta.cryptoki.Cka.CKA_ALWAYS_SENSITIVE;
import static karuta.cryptoki.Cka.CKA_CLASS;
import static karuta.cryptoki.Cka.CKA_COPYABLE;
import static karuta.cryptoki.Cka.CKA_DECRYPT;
import static karuta.cryptoki.Cka.CKA_DERIVE;
import static karuta.cryptoki.Cka.CKA_ENCRYPT;
import static karuta.cryptoki.Cka.CKA_EXTRACTABLE;
import static karuta.cryptoki.Cka.CKA_ID;
import static karuta.cryptoki.Cka.CKA_KEY_TYPE;
import static karuta.cryptoki.Cka.CKA_LABEL;
import static karuta.cryptoki.Cka.CKA_LOCAL;
import static karuta.cryptoki.Cka.CKA_MODIFIABLE;
import static karuta.cryptoki.Cka.CKA_NEVER_EXTRACTABLE;
import static karuta.cryptoki.Cka.CKA_PRIVATE;
import static karuta.cryptoki.Cka.CKA_SENSITIVE;
import static karuta.cryptoki.Cka.CKA_SIGN;
import static karuta.cryptoki.Cka.CKA_SIGN_RECOVER;
import static karuta.cryptoki.Cka.CKA_TOKEN;
import static karuta.cryptoki.Cka.CKA_UNWRAP;
import static karuta.cryptoki.Cka.CKA_VALUE_LEN;
import static karuta.cryptoki.Cka.CKA_VERIFY;
import static karuta.cryptoki.Cka.CKA_WRAP;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import karuta.cryptoki.Attribute;
import karuta.cryptoki.Ckm;
import karuta.cryptoki.KeyType;
import karuta.cryptoki.ObjectClass;
import karuta.cryptoki.Template;
import karuta.token.Finding;
import karuta.token.KeyPolicyViolation;
import karuta.token.KeyRef;
import karuta.token.SessionLease;
import karuta.token.TokenRole;

/// The attributes that each kind of key must have, as data: a key is made with these rows as its template and audited
/// against the same rows.
///
/// `CKA_MODIFIABLE` and `CKA_COPYABLE` must both be false, or a read-write session makes a signing key of a verify-only
/// one: by changing it, or by copying it with another attribute (both tried on SoftHSM).
public enum KeyPolicy {
  /// Derives layouts.
  LAYOUT(TokenRole.ISSUER, "layout-", hmac(true, false), made(true)),
  /// Makes tags.
  BOOK_SIGNING(TokenRole.ISSUER, "book-", hmac(true, false), made(false)),
  /// Checks tags, and can do nothing else.
  BOOK_VERIFYING(TokenRole.VERIFIER, "book-", hmac(false, true), made(false)),
  /// Signs bundles, print jobs, ceremony logs.
  ISSUER(TokenRole.ISSUER, "issuer-", ecdsa(), made(true)),
  /// Signs receipts, and on the verifier's side of a key agreement its response.
  RECEIPT(TokenRole.VERIFIER, "receipt-", ecdsa(), made(true)),
  /// Signs audit seals and the guard's heads: whoever may have a receipt signed cannot have a seal signed by that.
  SEAL(TokenRole.VERIFIER, "seal-", ecdsa(), made(true));

  private final TokenRole role;
  private final String prefix;

  @SuppressWarnings("ImmutableEnumChecker") // a record of unmodifiable lists of values
  private final Template asked;

  @SuppressWarnings("ImmutableEnumChecker") // a record of unmodifiable lists of values
  private final Template granted;

  KeyPolicy(TokenRole role, String prefix, Template asked, Template granted) {
    this.role = role;
    this.prefix = prefix;
    this.asked = asked;
    this.granted = granted;
  }

  private static Template hmac(boolean sign, boolean verify) {
    return Template.of(
        Attribute.of(CKA_CLASS, ObjectClass.SECRET_KEY.code()),
        Attribute.of(CKA_KEY_TYPE, KeyType.GENERIC_SECRET.code()),
        Attribute.of(CKA_TOKEN, true),
        Attribute.of(CKA_PRIVATE, true),
        Attribute.of(CKA_SENSITIVE, true),
        Attribute.of(CKA_EXTRACTABLE, false),
        Attribute.of(CKA_SIGN, sign),
        Attribute.of(CKA_VERIFY, verify),
        Attribute.of(CKA_DERIVE, false),
        Attribute.of(CKA_WRAP, false),
        Attribute.of(CKA_UNWRAP, false),
        Attribute.of(CKA_ENCRYPT, false),
        Attribute.of(CKA_DECRYPT, false),
        Attribute.of(CKA_VALUE_LEN, 32),
        Attribute.of(CKA_ALLOWED_MECHANISMS, Ckm.CKM_SHA256_HMAC),
        Attribute.of(CKA_COPYABLE, false),
        Attribute.of(CKA_MODIFIABLE, false));
  }

  /// Private keys have no `CKA_WRAP` and no `CKA_ENCRYPT` (PKCS#11 v2.40, section 4.9).
  private static Template ecdsa() {
    return Template.of(
        Attribute.of(CKA_CLASS, ObjectClass.PRIVATE_KEY.code()),
        Attribute.of(CKA_KEY_TYPE, KeyType.EC.code()),
        Attribute.of(CKA_TOKEN, true),
        Attribute.of(CKA_PRIVATE, true),
        Attribute.of(CKA_SENSITIVE, true),
        Attribute.of(CKA_EXTRACTABLE, false),
        Attribute.of(CKA_SIGN, true),
        Attribute.of(CKA_SIGN_RECOVER, false),
        Attribute.of(CKA_DERIVE, false),
        Attribute.of(CKA_UNWRAP, false),
        Attribute.of(CKA_DECRYPT, false),
        Attribute.of(CKA_ALLOWED_MECHANISMS, Ckm.CKM_ECDSA),
        Attribute.of(CKA_COPYABLE, false),
        Attribute.of(CKA_MODIFIABLE, false));
  }

  /// What the token adds by itself.
  private static Template made(boolean generatedHere) {
    return Template.of(
        Attribute.of(CKA_ALWAYS_SENSITIVE, true),
        Attribute.of(CKA_NEVER_EXTRACTABLE, true),
        Attribute.of(CKA_LOCAL, generatedHere));
  }

  /// The token it belongs on.
  public TokenRole role() {
    return role;
  }

  /// The key's label: the kind, then a batch, an epoch or a number.
  public String label(String name) {
    return prefix + name;
  }

  /// The key's durable name.
  public KeyRef ref(String label) {
    return new KeyRef(objectClass(), label);
  }

  /// Whether it is half of a pair, with its public key and a certificate beside it: see [SigningKeys].
  public boolean isPrivateKey() {
    return asked
        .get(CKA_CLASS)
        .filter(Attribute.of(CKA_CLASS, ObjectClass.PRIVATE_KEY.code())::equals)
        .isPresent();
  }

  private ObjectClass objectClass() {
    return isPrivateKey() ? ObjectClass.PRIVATE_KEY : ObjectClass.SECRET_KEY;
  }

  /// Whether a key of this kind can have the label.
  public boolean names(String label) {
    return label.startsWith(prefix);
  }

  /// The kind of pair that a label names.
  public static Optional<KeyPolicy> ofPair(String label) {
    return Stream.of(values())
        .filter(KeyPolicy::isPrivateKey)
        .filter(policy -> policy.names(label))
        .findFirst();
  }

  /// The template that makes such a key. `CKA_VALUE_LEN` is part of it for secrets.
  public Template template(String label) {
    return asked.with(Attribute.of(CKA_LABEL, label)).with(Attribute.of(CKA_ID, ref(label).id()));
  }

  /// What such a key must answer, `CKA_LABEL` aside.
  List<Attribute> expected() {
    return Stream.concat(asked.attributes().stream(), granted.attributes().stream()).toList();
  }

  /// The policy for a key found on a token, if there is one.
  static Optional<KeyPolicy> of(TokenRole role, long objectClass, String label) {
    return Stream.of(values())
        .filter(policy -> policy.role == role)
        .filter(policy -> policy.objectClass().code() == objectClass)
        .filter(policy -> policy.names(label))
        .findFirst();
  }

  /// Holds a key just made against the policy; if it does not pass, or cannot be read, it is destroyed again.
  ///
  /// It must also be the only one of its name. The guard keeps two threads from making one key twice, but not two
  /// processes; so a process that then sees two gives up the one it made.
  ///
  /// @throws KeyPolicyViolation if it does not pass
  public void confirm(SessionLease lease, long key, String label) {
    try {
      var findings = made(lease, key, label);
      if (!findings.isEmpty()) {
        throw new KeyPolicyViolation(findings);
      }
    } catch (RuntimeException e) {
      lease.undo(e, key);
      throw e;
    }
  }

  /// What is wrong with a key just made.
  List<Finding> made(SessionLease lease, long key, String label) {
    var findings = new ArrayList<>(audit(lease, key, label));
    var named = lease.findAll(ref(label).search()).size();
    if (named != 1) {
      findings.add(new Finding(label, "presence", "one key", named + " keys"));
    }
    return findings;
  }

  /// Reads a key's attributes back.
  ///
  /// @return what is not as it should be; an attribute the token does not know is a finding, never "false"
  public List<Finding> audit(SessionLease lease, long key, String label) {
    var expected = expected();
    var readings = lease.read(key, expected.stream().map(Attribute::type).toList());
    var findings = new ArrayList<Finding>();
    for (var i = 0; i < expected.size(); i++) {
      var attribute = expected.get(i);
      if (!readings.get(i).says(attribute)) {
        findings.add(
            new Finding(
                label, attribute.type().name(), attribute.toString(), readings.get(i).toString()));
      }
    }
    return findings;
  }
}
