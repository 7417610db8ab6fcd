package karuta.softhsm;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;

/// A certificate and its private key, for development. No `toString` shows the key.
public final class Credential {
  private final X509Certificate certificate;
  private final PrivateKey key;

  Credential(X509Certificate certificate, PrivateKey key) {
    this.certificate = certificate;
    this.key = key;
  }

  public X509Certificate certificate() {
    return certificate;
  }

  /// EC P-256, PKCS#8 when encoded.
  public PrivateKey key() {
    return key;
  }
}
