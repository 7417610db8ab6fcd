package karuta.provisioning.document;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import karuta.document.DocumentException;
import karuta.document.NewFile;

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
            var body = Base64.getMimeEncoder(64, new byte[] {'\n'});
            var pem =
                "-----BEGIN CERTIFICATE-----\n"
                    + body.encodeToString(certificate.getEncoded())
                    + "\n-----END CERTIFICATE-----\n";
            out.write(pem.getBytes(StandardCharsets.US_ASCII));
          } catch (CertificateEncodingException e) {
            throw new IOException("cannot encode the certificate", e);
          }
        });
  }
}
