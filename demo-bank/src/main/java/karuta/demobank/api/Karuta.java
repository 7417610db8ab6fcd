package karuta.demobank.api;

import io.vertx.core.Vertx;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.ext.web.client.WebClientOptions;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/// The challenge server, reached with the bank's two certificates.
///
/// @param frontEnd what internet banking may do
/// @param backOffice what the back office may do
public record Karuta(FrontEnd frontEnd, BackOffice backOffice) {
  /// How one role reaches the server.
  ///
  /// @param base for example `https://localhost:8443`
  /// @param identity empty only for a server without TLS on loopback
  public record Access(URI base, Optional<Identity> identity) {}

  /// A client certificate, its key, and the authority that vouches for the server; PEM files.
  public record Identity(Path certificate, Path key, Path authority) {}

  /// Opens both doors.
  public static Karuta open(Vertx vertx, Access frontEnd, Access backOffice) {
    return new Karuta(new FrontEnd(door(vertx, frontEnd)), new BackOffice(door(vertx, backOffice)));
  }

  private static Door door(Vertx vertx, Access access) {
    var options = new WebClientOptions().setFollowRedirects(false).setUserAgentEnabled(false);
    access
        .identity()
        .ifPresent(
            identity ->
                options
                    .setSsl(true)
                    .setKeyCertOptions(
                        new PemKeyCertOptions()
                            .setCertPath(identity.certificate().toString())
                            .setKeyPath(identity.key().toString()))
                    .setTrustOptions(
                        new PemTrustOptions().addCertPath(identity.authority().toString())));
    return new Door(vertx, access.base(), options);
  }
}
