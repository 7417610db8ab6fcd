package karuta.server.api;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/// Reads every certificate of a PEM file. The JDK's own reader leaves out what is cut off at the end, and what sets TLS
/// up fails there later, when nobody knows any more which file it was.
public final class PemCertificates {
  private static final String BEGIN = "-----BEGIN CERTIFICATE-----";
  private static final String END = "-----END CERTIFICATE-----";

  private PemCertificates() {}

  /// Reads them, in their order.
  ///
  /// @return one or more
  /// @throws IllegalArgumentException if there is none, or one that cannot be read
  public static List<X509Certificate> read(Path file) {
    try {
      var found = new ArrayList<X509Certificate>();
      var text = Files.readString(file, ISO_8859_1);
      var factory = CertificateFactory.getInstance("X.509");
      for (var at = text.indexOf(BEGIN); at >= 0; at = text.indexOf(BEGIN, at + 1)) {
        var end = text.indexOf(END, at);
        var block = text.substring(at, end < 0 ? text.length() : end) + END;
        found.add(
            (X509Certificate)
                factory.generateCertificate(new ByteArrayInputStream(block.getBytes(ISO_8859_1))));
      }
      if (!found.isEmpty()) {
        return List.copyOf(found);
      }
    } catch (IOException | CertificateException _) {
      // said below, without what was found in the file
    }
    throw new IllegalArgumentException("no X.509 certificate in PEM, or a damaged one: " + file);
  }
}
