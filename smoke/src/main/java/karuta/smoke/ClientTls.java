package karuta.smoke;

import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.nio.file.Path;

/// How a bank's system comes to the server: TLS with a certificate of its own, over HTTP/2 where the server has it.
final class ClientTls {
  private ClientTls() {}

  /// Adds to the options what is needed to come as `client`: the name of its files in the folder `pki`.
  static <O extends HttpClientOptions> O as(String client, Path pki, O options) {
    options
        .setSsl(true)
        .setUseAlpn(true)
        .setTrustOptions(new PemTrustOptions().addCertPath(pki.resolve("ca.pem").toString()))
        .setKeyCertOptions(
            new PemKeyCertOptions()
                .setCertPath(pki.resolve(client + ".pem").toString())
                .setKeyPath(pki.resolve(client + "-key.pem").toString()));
    return options;
  }
}
