package karuta.server.api;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/// The CA that issues the clients' certificates, apart from TLS: a handshake is judged by the CA its connection began
/// with, which may have been replaced before it ends, and a connection outlives the handshake.
public final class ClientCa {
  private final X509TrustManager trust;

  private ClientCa(X509TrustManager trust) {
    this.trust = trust;
  }

  /// Reads the CA's certificates, one or more.
  ///
  /// @param file PEM
  /// @throws IllegalArgumentException if there is none, or one that cannot be read
  public static ClientCa read(Path file) {
    try {
      var anchors = KeyStore.getInstance(KeyStore.getDefaultType());
      anchors.load(null, null);
      for (var certificate : PemCertificates.read(file)) {
        anchors.setCertificateEntry("ca-" + anchors.size(), certificate);
      }
      var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(anchors);
      return new ClientCa((X509TrustManager) factory.getTrustManagers()[0]);
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException("the JDK can trust no certificate", e);
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
