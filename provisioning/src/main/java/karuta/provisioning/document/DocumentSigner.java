package karuta.provisioning.document;

import java.security.cert.X509Certificate;

/// A signing key in a token, with its certificate: all that bundles, print jobs and ceremony files need to be signed.
public interface DocumentSigner {
  /// The certificate of the key, as pinned by those who verify.
  X509Certificate certificate();

  /// ECDSA with SHA-256 over `data`, DER encoded as CMS wants it. The key does not leave the token.
  byte[] sign(byte[] data);
}
