package karuta.provisioning.document;

import java.security.cert.X509Certificate;
import karuta.document.DocumentSigner;
import karuta.token.key.SigningKeys;

/// A signing key of a token, by its label, with the certificate that was made with it.
public final class TokenSigner implements DocumentSigner {
  private final SigningKeys keys;
  private final String label;
  private final X509Certificate certificate;

  /// @throws karuta.token.KeyNotFound if the token has no such key
  public TokenSigner(SigningKeys keys, String label) {
    this.keys = keys;
    this.label = label;
    this.certificate = keys.certificate(label);
  }

  @Override
  public X509Certificate certificate() {
    return certificate;
  }

  @Override
  public byte[] sign(byte[] data) {
    return keys.signDer(label, data);
  }
}
