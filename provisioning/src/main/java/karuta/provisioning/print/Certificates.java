package karuta.provisioning.print;

import java.io.IOException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import karuta.digest.Sha256;

/// Certificates by their fingerprints.
public final class Certificates {
  private Certificates() {}

  /// SHA-256 over the certificate, 64 hexadecimal digits.
  public static String fingerprint(X509Certificate certificate) throws IOException {
    try {
      return Sha256.hex(certificate.getEncoded());
    } catch (CertificateEncodingException e) {
      throw new IOException("the certificate has no encoding", e);
    }
  }
}
