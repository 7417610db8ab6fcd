package karuta.token.issuer;

import karuta.card.EpochId;
import karuta.token.HeldSession;
import karuta.token.key.EphemeralPair;
import karuta.token.key.KeyPolicy;
import karuta.token.key.TokenKdf;

/// A key agreement that waits for the verifier's answer. The private key is a session object: it dies with [#close],
/// with the process, and with any loss of the token.
public final class Agreement implements AutoCloseable {
  private final IssuerToken issuer;
  private final EpochId epoch;
  private final HeldSession session;
  private final EphemeralPair pair;

  Agreement(IssuerToken issuer, EpochId epoch, HeldSession session, EphemeralPair pair) {
    this.issuer = issuer;
    this.epoch = epoch;
    this.session = session;
    this.pair = pair;
  }

  /// The issuer's public point, uncompressed, 65 bytes.
  public byte[] publicPoint() {
    return pair.publicPoint();
  }

  /// Derives the sign-only book key, destroys the private key, audits key and token. It can be called once: the private
  /// key is destroyed even if the call fails, but for a point that no token was asked about.
  ///
  /// @param peerPoint the verifier's point, uncompressed, 65 bytes
  /// @param kdf what the verifier has derived with, by this token's number for it
  /// @throws IllegalArgumentException if the point is not on the curve or is our own
  /// @throws karuta.token.TokenUnavailable if the token was lost meanwhile: begin again
  /// @throws karuta.token.KeyPolicyViolation if the token did not make what was asked; the key is destroyed again
  public BookKeyMade complete(byte[] peerPoint, TokenKdf kdf) {
    pair.check(peerPoint);
    var label = KeyPolicy.BOOK_SIGNING.label(epoch.value());
    session.alone(
        lease -> {
          IssuerToken.requireFree(lease, KeyPolicy.BOOK_SIGNING, label);
          pair.deriveBookKey(lease, KeyPolicy.BOOK_SIGNING, label, peerPoint, kdf);
          return label;
        });
    return new BookKeyMade(epoch, issuer.checkValue(epoch));
  }

  /// Ends the session, and with it the pair.
  @Override
  public void close() {
    session.close();
  }
}
