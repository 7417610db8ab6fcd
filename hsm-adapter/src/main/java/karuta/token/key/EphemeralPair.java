package karuta.token.key;

import static karuta.cryptoki.Cka.CKA_ALLOWED_MECHANISMS;
import static karuta.cryptoki.Cka.CKA_CLASS;
import static karuta.cryptoki.Cka.CKA_COPYABLE;
import static karuta.cryptoki.Cka.CKA_DECRYPT;
import static karuta.cryptoki.Cka.CKA_DERIVE;
import static karuta.cryptoki.Cka.CKA_EC_PARAMS;
import static karuta.cryptoki.Cka.CKA_EC_POINT;
import static karuta.cryptoki.Cka.CKA_EXTRACTABLE;
import static karuta.cryptoki.Cka.CKA_KEY_TYPE;
import static karuta.cryptoki.Cka.CKA_LABEL;
import static karuta.cryptoki.Cka.CKA_MODIFIABLE;
import static karuta.cryptoki.Cka.CKA_PRIVATE;
import static karuta.cryptoki.Cka.CKA_SENSITIVE;
import static karuta.cryptoki.Cka.CKA_SIGN;
import static karuta.cryptoki.Cka.CKA_TOKEN;
import static karuta.cryptoki.Cka.CKA_UNWRAP;
import static karuta.cryptoki.Cka.CKA_VERIFY;

import java.util.Arrays;
import java.util.List;
import karuta.cryptoki.Attribute;
import karuta.cryptoki.AttributeReading;
import karuta.cryptoki.Ckm;
import karuta.cryptoki.KeyType;
import karuta.cryptoki.Mechanism;
import karuta.cryptoki.ObjectClass;
import karuta.cryptoki.Template;
import karuta.token.Finding;
import karuta.token.KeyPolicyViolation;
import karuta.token.SessionLease;

/// One side of a key agreement: an EC pair of session objects that can derive and nothing else, gone after one use.
public final class EphemeralPair {
  private static final Mechanism GENERATE = new Mechanism.Plain(Ckm.CKM_EC_KEY_PAIR_GEN);
  private static final String LABEL = "karuta key agreement";

  private final long publicKey;
  private final long privateKey;
  private final byte[] publicPoint;

  private EphemeralPair(long publicKey, long privateKey, byte[] publicPoint) {
    this.publicKey = publicKey;
    this.privateKey = privateKey;
    this.publicPoint = publicPoint;
  }

  /// Makes a pair in the lease's session.
  public static EphemeralPair make(SessionLease lease) {
    return make(lease, privateTemplate());
  }

  /// Makes a pair whose private half is as that template says.
  public static EphemeralPair make(SessionLease lease, Template privateTemplate) {
    var cryptoki = lease.cryptoki();
    var pair =
        cryptoki.generateKeyPair(lease.session(), GENERATE, publicTemplate(), privateTemplate);
    if (lease.read(pair.publicKey(), List.of(CKA_EC_POINT)).getFirst()
        instanceof AttributeReading.Value point) {
      return new EphemeralPair(
          pair.publicKey(), pair.privateKey(), P256.ofAttribute(point.attribute().value()));
    }
    throw new KeyPolicyViolation(new Finding(LABEL, "CKA_EC_POINT", "readable", "withheld"));
  }

  private static Template publicTemplate() {
    return Template.of(
        Attribute.of(CKA_CLASS, ObjectClass.PUBLIC_KEY.code()),
        Attribute.of(CKA_KEY_TYPE, KeyType.EC.code()),
        Attribute.of(CKA_TOKEN, false),
        Attribute.of(CKA_LABEL, LABEL),
        Attribute.of(CKA_EC_PARAMS, P256.parameters()),
        Attribute.of(CKA_VERIFY, false));
  }

  /// What the private half is asked to be.
  public static Template privateTemplate() {
    return Template.of(
        Attribute.of(CKA_CLASS, ObjectClass.PRIVATE_KEY.code()),
        Attribute.of(CKA_KEY_TYPE, KeyType.EC.code()),
        Attribute.of(CKA_TOKEN, false),
        Attribute.of(CKA_PRIVATE, true),
        Attribute.of(CKA_LABEL, LABEL),
        Attribute.of(CKA_SENSITIVE, true),
        Attribute.of(CKA_EXTRACTABLE, false),
        Attribute.of(CKA_DERIVE, true),
        Attribute.of(CKA_SIGN, false),
        Attribute.of(CKA_DECRYPT, false),
        Attribute.of(CKA_UNWRAP, false),
        Attribute.of(CKA_ALLOWED_MECHANISMS, Ckm.CKM_ECDH1_DERIVE),
        Attribute.of(CKA_COPYABLE, false),
        Attribute.of(CKA_MODIFIABLE, false));
  }

  /// Uncompressed, 65 bytes.
  public byte[] publicPoint() {
    return publicPoint.clone();
  }

  long privateKey() {
    return privateKey;
  }

  /// Checks the other's point before any token sees it.
  ///
  /// @throws IllegalArgumentException if the point is not on the curve, or is this pair's own
  public void check(byte[] peerPoint) {
    P256.publicKey(peerPoint);
    if (Arrays.equals(peerPoint, publicPoint)) {
      throw new IllegalArgumentException("the other's point is our own: it came back unanswered");
    }
  }

  /// Derives a key from this pair and the other's point (PKCS#11 v2.40 current mechanisms, section 2.3.7).
  ///
  /// @throws IllegalArgumentException if the point is not on the curve, or is this pair's own
  public long derive(SessionLease lease, byte[] peerPoint, TokenKdf kdf, Template template) {
    check(peerPoint);
    return lease
        .cryptoki()
        .deriveKey(
            lease.session(), new Mechanism.Ecdh1(kdf.number(), peerPoint), privateKey, template);
  }

  /// Derives a book key, destroys this pair whatever happens, and audits what came of it; a key that is not what the
  /// policy says is destroyed again.
  ///
  /// @throws KeyPolicyViolation if the key or the token is not what the policy says
  public void deriveBookKey(
      SessionLease lease, KeyPolicy policy, String label, byte[] peerPoint, TokenKdf kdf) {
    long key;
    try {
      key = derive(lease, peerPoint, kdf, policy.template(label));
    } catch (RuntimeException e) {
      lease.undo(e, privateKey, publicKey);
      throw e;
    }
    try {
      destroy(lease);
      var findings = policy.made(lease, key, label);
      findings.addAll(KeyAudit.leftovers(lease, policy.role()));
      if (!findings.isEmpty()) {
        throw new KeyPolicyViolation(findings);
      }
    } catch (RuntimeException e) {
      lease.undo(e, key);
      throw e;
    }
  }

  /// Destroys both halves; the public one even if the private one will not go.
  public void destroy(SessionLease lease) {
    try {
      lease.cryptoki().destroyObject(lease.session(), privateKey);
    } finally {
      lease.cryptoki().destroyObject(lease.session(), publicKey);
    }
  }
}
