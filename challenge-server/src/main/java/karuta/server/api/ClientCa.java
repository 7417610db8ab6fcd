package karuta.server.api;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/// The CA that issues the clients' certificates, apart from TLS: a handshake is judged by the CA its connection began with, which may have been replaced
/// before it ends, and a connection outlives the handshake.
public final class ClientCa {
  private final X509TrustManager trust;

  private ClientCa(X509TrustManager trust) {
    this.trust = trust;
  }

  /// Reads the CA's certificates, one or more.
  ///
  /// @param file PEM
  /// @throws IllegalArgumentException if there is none
  public static ClientCa read(Path file) {
    try (var in = Files.newInputStream(file)) {
      var certificates = CertificateFactory.getInstance("X.509").generateCertificates(in);
      var anchors = KeyStore.getInstance(KeyStore.getDefaultType());
      anchors.load(null, null);
      for (var certificate : certificates) {
        anchors.setCertificateEntry("ca-" + anchors.size(), certificate);
      }
      var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(anchors);
      return Arrays.stream(factory.getTrustManagers())
          .filter(X509TrustManager.class::isInstance)
          .map(X509TrustManager.class::cast)
          .findFirst()
          .filter(_ -> !certificates.isEmpty())
          .map(ClientCa::new)
          .orElseThrow(() -> new IllegalArgumentException("no certificate of a CA: " + file));
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalArgumentException("no certificate of a CA: " + file, e);
    }
  }

  /// Whether a certificate is of this CA, and of now.
  ///
  /// @param chain what the caller has shown, its own certificate first
  boolean issued(List<X509Certificate> chain) {
    try {
      trust.checkClientTrusted(
          chain.toArray(X509Certificate[]::new), chain.getFirst().getPublicKey().getAlgorithm());
      return true;
    } catch (CertificateException _) {
      return false;
    }
  }
}
