package karuta.token.verifier;

import java.util.List;
import java.util.Set;
import karuta.card.EpochId;
import karuta.token.Check;
import karuta.token.Kdf;
import karuta.token.SigningKeys;
import karuta.token.Token;
import karuta.token.Verdict;

/// What the online token does: check an answer, sign a receipt.
@SuppressWarnings("DoNotCallSuggester") // the shape comes first, the bodies follow
public final class VerifierToken {
  private final Token token;

  public VerifierToken(Token token) {
    this.token = token;
  }

  /// The token underneath: health, audit, keep-alive, close.
  public Token token() {
    return token;
  }

  /// Checks a tag with `book-<epoch>`. Three ends: right, wrong, exception.
  ///
  /// It refuses until [#selfTest] has passed for this epoch, and repeats that test by itself after every recovery.
  ///
  /// @throws karuta.token.TokenUntrusted if no self-test has passed
  public Verdict verify(EpochId epoch, byte[] macInput, byte[] tag) {
    throw new UnsupportedOperationException(epoch.value() + macInput.length + tag.length);
  }

  /// Checks the issuer's check value, which proves that both tokens hold the same key.
  public Verdict verifyCheckValue(EpochId epoch, byte[] checkValue) {
    throw new UnsupportedOperationException(epoch.value() + checkValue.length);
  }

  /// The start-up self-test (DESIGN section 3): right, one bit changed, too short, signing refused, attributes as the
  /// policy says. If all pass, the check value is kept and the test repeated after every recovery.
  public List<Check> selfTest(EpochId epoch, byte[] checkValue) {
    throw new UnsupportedOperationException(epoch.value() + checkValue.length);
  }

  /// The `receipt-<n>` keys.
  public SigningKeys signing() {
    throw new UnsupportedOperationException();
  }

  /// The key derivation functions this token has.
  public Set<Kdf> kdfs() {
    return token.kdfs();
  }

  /// Answers a key agreement in one call: pair made, verify-only key derived, private key destroyed, token audited.
  ///
  /// @param peerPoint the issuer's point, uncompressed, 65 bytes
  /// @return this token's point, uncompressed, 65 bytes
  /// @throws IllegalArgumentException if the point is not on the curve
  /// @throws karuta.token.KeyPolicyViolation if `book-<epoch>` exists or came out otherwise than asked
  public byte[] respondAgreement(EpochId epoch, byte[] peerPoint, Kdf kdf) {
    throw new UnsupportedOperationException(epoch.value() + peerPoint.length + kdf);
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
