package karuta.provisioning.print;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import karuta.provisioning.print.PrintJobException.Reason;

/// Certificates as files and as fingerprints.
final class Certificates {
  private Certificates() {}

  /// Reads a certificate, PEM or DER.
  static X509Certificate read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
    } catch (CertificateException e) {
      throw new PrintJobException(Reason.UNUSABLE_KEY, file + " is no X.509 certificate", e);
    }
  }

  /// SHA-256 over the certificate, 64 hexadecimal digits.
  static String fingerprint(X509Certificate certificate) throws IOException {
    try {
      return Sha256.hex(certificate.getEncoded());
    } catch (CertificateEncodingException e) {
      throw new IOException("the certificate has no encoding", e);
    }
  }
}
