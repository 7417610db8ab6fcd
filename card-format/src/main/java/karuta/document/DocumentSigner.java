package karuta.document;

import java.security.cert.X509Certificate;

/// A signing key with its certificate: all that bundles, print jobs, ceremony files and approvals need to be signed.
public interface DocumentSigner {
  /// The certificate of the key, as pinned by those who verify.
  X509Certificate certificate();

  /// ECDSA with SHA-256 over `data`, DER encoded as CMS wants it. The key stays where it is.
  byte[] sign(byte[] data);
}
