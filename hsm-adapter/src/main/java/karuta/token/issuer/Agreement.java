package karuta.token.issuer;

import karuta.token.Kdf;

/// A key agreement that waits for the verifier's answer. The private key is a session object: it dies with [#close], with
/// the process, and with any loss of the token.
@SuppressWarnings("DoNotCallSuggester") // the shape comes first, the bodies follow
public final class Agreement implements AutoCloseable {
  Agreement() {}

  /// The issuer's public point, uncompressed, 65 bytes.
  public byte[] publicPoint() {
    throw new UnsupportedOperationException();
  }

  /// Derives the sign-only book key, destroys the private key, audits key and token.
  ///
  /// @param peerPoint the verifier's point, uncompressed, 65 bytes
  /// @throws IllegalArgumentException if the point is not on the curve or is our own
  /// @throws karuta.token.TokenUnavailable if the token was lost meanwhile: begin again
  /// @throws karuta.token.KeyPolicyViolation if the token did not make what was asked; the key is destroyed again
  public BookKeyMade complete(byte[] peerPoint, Kdf kdf) {
    throw new UnsupportedOperationException(peerPoint.length + " " + kdf);
  }

  @Override
  public void close() {
    throw new UnsupportedOperationException();
  }
}
