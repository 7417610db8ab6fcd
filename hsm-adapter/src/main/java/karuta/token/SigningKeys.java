package karuta.token;

import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;

/// ECDSA P-256 keys of one kind on a token, `issuer-<n>` or `receipt-<n>`.
@SuppressWarnings("DoNotCallSuggester") // the shape comes first, the bodies follow
public final class SigningKeys {
  SigningKeys() {}

  /// Makes the key `<kind>-<n>` with a self-signed certificate beside it, through which JCA finds it.
  ///
  /// @throws KeyPolicyViolation if the label is taken or the token did not make what was asked
  public ECPublicKey make(int number) {
    throw new UnsupportedOperationException(Integer.toString(number));
  }

  /// The public key.
  ///
  /// @throws KeyNotFound if there is no such key
  public ECPublicKey publicKey(String label) {
    throw new UnsupportedOperationException(label);
  }

  /// The self-signed certificate made with the key.
  public X509Certificate certificate(String label) {
    throw new UnsupportedOperationException(label);
  }

  /// SHA-256 with ECDSA as `r || s`, 64 bytes (IEEE P1363; what JWS ES256 wants).
  public byte[] sign(String label, byte[] data) {
    throw new UnsupportedOperationException(label + data.length);
  }

  /// SHA-256 with ECDSA as a DER sequence (what X.509 and CMS want).
  public byte[] signDer(String label, byte[] data) {
    throw new UnsupportedOperationException(label + data.length);
  }

  /// Lends the key to JCA for one call.
  public <T, E extends Exception> T withSigner(String label, SignerUse<T, E> use) throws E {
    throw new UnsupportedOperationException(label + use);
  }

  /// Destroys the key, its public half and its certificate.
  public void destroy(String label) {
    throw new UnsupportedOperationException(label);
  }
}
