package karuta.provisioning.document;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import karuta.document.DocumentException;
import karuta.document.NewFile;
import karuta.document.Pem;

/// Certificates as files (PEM), which are pinned: compared by people once, trusted by file from then on.
public final class PinnedCertificate {
  private PinnedCertificate() {}

  /// Reads a PEM or DER certificate.
  ///
  /// @throws DocumentException if the file holds none
  public static X509Certificate read(Path file) throws IOException {
    try (var in = Files.newInputStream(file)) {
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
    } catch (CertificateException e) {
      throw new DocumentException(file + ": not a certificate", e);
    }
  }

  /// Writes a certificate as PEM to a new file.
  public static void write(Path file, X509Certificate certificate) throws IOException {
    NewFile.write(
        file,
        out -> {
          try {
            out.write(
                Pem.of("CERTIFICATE", certificate.getEncoded())
                    .getBytes(StandardCharsets.US_ASCII));
          } catch (CertificateEncodingException e) {
            throw new IOException("cannot encode the certificate", e);
          }
        });
  }
}
