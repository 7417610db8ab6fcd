package karuta.token.issuer;

import karuta.card.BatchId;
import karuta.card.EpochId;
import karuta.cryptoki.Ckm;
import karuta.cryptoki.Mechanism;
import karuta.secret.SecretBytes;
import karuta.token.Finding;
import karuta.token.KeyPolicyViolation;
import karuta.token.SessionLease;
import karuta.token.Token;
import karuta.token.TokenRole;
import karuta.token.check.CheckValue;
import karuta.token.key.EphemeralPair;
import karuta.token.key.KeyAudit;
import karuta.token.key.KeyPolicy;
import karuta.token.key.SigningKeys;

/// What the offline token does: layout keys, streams, tags, bundle signatures.
///
/// A key is made only under a label that is free, and read back before it counts as made.
public final class IssuerToken {
  private static final Mechanism GENERATE = new Mechanism.Plain(Ckm.CKM_GENERIC_SECRET_KEY_GEN);

  private final Token token;
  private final SigningKeys signing;

  public IssuerToken(Token token) {
    this.token = token;
    this.signing = new SigningKeys(token, KeyPolicy.ISSUER);
  }

  /// The token underneath: health, audit, randomness, close.
  public Token token() {
    return token;
  }

  /// Makes `layout-<batch>`.
  ///
  /// @throws KeyPolicyViolation if the label is taken, or the token did not make what was asked
  public void makeLayoutKey(BatchId batch) {
    var label = KeyPolicy.LAYOUT.label(batch.value());
    token.alone(
        lease -> {
          requireFree(lease, KeyPolicy.LAYOUT, label);
          var template = KeyPolicy.LAYOUT.template(label);
          var key = lease.cryptoki().generateKey(lease.session(), GENERATE, template);
          KeyPolicy.LAYOUT.confirm(lease, key, label);
          return label;
        });
  }

  static void requireFree(SessionLease lease, KeyPolicy policy, String label) {
    if (lease.find(policy.ref(label)).isPresent()) {
      throw new KeyPolicyViolation(new Finding(label, "presence", "absent", "taken"));
    }
  }

  /// Whether `layout-<batch>` is there.
  public boolean hasLayoutKey(BatchId batch) {
    return has(KeyPolicy.LAYOUT, batch.value());
  }

  /// Destroys `layout-<batch>`: after that nobody derives its layouts again.
  ///
  /// @throws karuta.token.KeyNotFound if there is none
  public void destroyLayoutKey(BatchId batch) {
    destroy(KeyPolicy.LAYOUT, batch.value());
  }

  /// HMAC-SHA-256 under the layout key, 32 bytes.
  ///
  /// @throws karuta.token.KeyNotFound if there is no such key
  public byte[] deriveStream(BatchId batch, SecretBytes macInput) {
    return mac(KeyPolicy.LAYOUT, batch.value(), macInput);
  }

  /// HMAC-SHA-256 under the book key, 32 bytes.
  ///
  /// @throws karuta.token.KeyNotFound if there is no such key
  public byte[] tag(EpochId epoch, SecretBytes macInput) {
    return mac(KeyPolicy.BOOK_SIGNING, epoch.value(), macInput);
  }

  /// HMAC of [CheckValue#input] under the book key: proves to the verifier that both hold the same key.
  public byte[] checkValue(EpochId epoch) {
    try (var input = CheckValue.input()) {
      return tag(epoch, input);
    }
  }

  private byte[] mac(KeyPolicy policy, String name, SecretBytes macInput) {
    var ref = policy.ref(policy.label(name));
    return token.reading(lease -> lease.mac(lease.resolve(ref), macInput));
  }

  /// Random bytes of the token.
  public byte[] random(int bytes) {
    return token.random(bytes);
  }

  /// The `issuer-<n>` keys.
  public SigningKeys signing() {
    return signing;
  }

  /// Makes the issuer's ephemeral pair; the agreement stays open until the verifier has answered. One at a time,
  /// because a private key that can derive is a leftover to every audit.
  ///
  /// @throws KeyPolicyViolation if `book-<epoch>` exists, or something that can derive lies on the token
  public Agreement beginAgreement(EpochId epoch) {
    var label = KeyPolicy.BOOK_SIGNING.label(epoch.value());
    var session = token.hold();
    try {
      var pair =
          session.alone(
              lease -> {
                requireFree(lease, KeyPolicy.BOOK_SIGNING, label);
                var leftovers = KeyAudit.leftovers(lease, TokenRole.ISSUER);
                if (!leftovers.isEmpty()) {
                  throw new KeyPolicyViolation(leftovers);
                }
                return EphemeralPair.make(lease);
              });
      return new Agreement(this, epoch, session, pair);
    } catch (RuntimeException e) {
      session.close();
      throw e;
    }
  }

  /// Whether `book-<epoch>` is there.
  public boolean hasBookKey(EpochId epoch) {
    return has(KeyPolicy.BOOK_SIGNING, epoch.value());
  }

  /// Destroys `book-<epoch>`.
  ///
  /// @throws karuta.token.KeyNotFound if there is none
  public void destroyBookKey(EpochId epoch) {
    destroy(KeyPolicy.BOOK_SIGNING, epoch.value());
  }

  private boolean has(KeyPolicy policy, String name) {
    return token.reading(lease -> lease.find(policy.ref(policy.label(name))).isPresent());
  }

  private void destroy(KeyPolicy policy, String name) {
    var ref = policy.ref(policy.label(name));
    token.alone(
        lease -> {
          lease.destroy(ref);
          return ref;
        });
  }
}
