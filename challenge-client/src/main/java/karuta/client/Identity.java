package karuta.client;

import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.nio.file.Path;

/// Who calls, and whom it trusts; all PEM files.
///
/// @param certificate the client certificate; its common name is looked up in the server's table of clients
/// @param key its private key, PKCS#8
/// @param authority the CA that vouches for the server
public record Identity(Path certificate, Path key, Path authority) {
  /// The files of one client in a directory as `karuta pki dev` makes it: `NAME.pem`, `NAME-key.pem`, `ca.pem`.
  public static Identity in(Path directory, String name) {
    return new Identity(
        directory.resolve(name + ".pem"),
        directory.resolve(name + "-key.pem"),
        directory.resolve("ca.pem"));
  }

  /// Sets the options of an HTTP client to come as this client, over TLS.
  public void applyTo(HttpClientOptions options) {
    options
        .setSsl(true)
        .setUseAlpn(true)
        .setTrustOptions(new PemTrustOptions().addCertPath(authority.toString()))
        .setKeyCertOptions(
            new PemKeyCertOptions().setCertPath(certificate.toString()).setKeyPath(key.toString()));
  }
}
