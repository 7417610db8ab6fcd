package karuta.token.issuer;

import java.util.Set;
import karuta.card.BatchId;
import karuta.card.EpochId;
import karuta.token.Kdf;
import karuta.token.SigningKeys;
import karuta.token.Token;

/// What the offline token does: layout keys, streams, tags, bundle signatures.
@SuppressWarnings("DoNotCallSuggester") // the shape comes first, the bodies follow
public final class IssuerToken {
  private final Token token;

  public IssuerToken(Token token) {
    this.token = token;
  }

  /// The token underneath: health, audit, randomness, close.
  public Token token() {
    return token;
  }

  /// Makes `layout-<batch>`.
  ///
  /// @throws karuta.token.KeyPolicyViolation if the label is taken, or the token did not make what was asked
  public void makeLayoutKey(BatchId batch) {
    throw new UnsupportedOperationException(batch.value());
  }

  /// Whether `layout-<batch>` is there.
  public boolean hasLayoutKey(BatchId batch) {
    throw new UnsupportedOperationException(batch.value());
  }

  /// Destroys `layout-<batch>`: after that nobody derives its layouts again.
  ///
  /// @throws karuta.token.KeyNotFound if there is none
  public void destroyLayoutKey(BatchId batch) {
    throw new UnsupportedOperationException(batch.value());
  }

  /// HMAC-SHA-256 under the layout key, 32 bytes.
  public byte[] deriveStream(BatchId batch, byte[] macInput) {
    throw new UnsupportedOperationException(batch.value() + macInput.length);
  }

  /// HMAC-SHA-256 under the book key, 32 bytes.
  public byte[] tag(EpochId epoch, byte[] macInput) {
    throw new UnsupportedOperationException(epoch.value() + macInput.length);
  }

  /// HMAC of `karuta kcv v1` under the book key: proves to the verifier that both hold the same key.
  public byte[] checkValue(EpochId epoch) {
    throw new UnsupportedOperationException(epoch.value());
  }

  /// Random bytes of the token.
  public byte[] random(int bytes) {
    return token.random(bytes);
  }

  /// The `issuer-<n>` keys.
  public SigningKeys signing() {
    throw new UnsupportedOperationException();
  }

  /// The key derivation functions to offer in an agreement.
  public Set<Kdf> kdfs() {
    return token.kdfs();
  }

  /// Makes the issuer's ephemeral pair; the agreement stays open until the verifier has answered.
  ///
  /// @throws karuta.token.KeyPolicyViolation if `book-<epoch>` exists
  public Agreement beginAgreement(EpochId epoch) {
    throw new UnsupportedOperationException(epoch.value());
  }

  /// Whether `book-<epoch>` is there.
  public boolean hasBookKey(EpochId epoch) {
    throw new UnsupportedOperationException(epoch.value());
  }

  /// Destroys `book-<epoch>`.
  ///
  /// @throws karuta.token.KeyNotFound if there is none
  public void destroyBookKey(EpochId epoch) {
    throw new UnsupportedOperationException(epoch.value());
  }
}
