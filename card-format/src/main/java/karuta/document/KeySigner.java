package karuta.document;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;

/// A signing key in a file, where a token is not wanted: that of an officer, who signs seldom and on a machine of their
/// own.
public final class KeySigner implements DocumentSigner {
  private final X509Certificate certificate;
  private final PrivateKey key;

  /// @param key EC, the certificate's
  public KeySigner(X509Certificate certificate, PrivateKey key) {
    this.certificate = certificate;
    this.key = key;
  }

  @Override
  public X509Certificate certificate() {
    return certificate;
  }

  @Override
  public byte[] sign(byte[] data) {
    try {
      var signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(key);
      signature.update(data);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the key cannot sign", e);
    }
  }
}
