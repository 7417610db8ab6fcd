package karuta.demobank.api;

import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import karuta.client.Endpoint;
import karuta.client.Identity;
import karuta.client.KarutaClient;
import karuta.client.PublishedFiles;
import karuta.client.Retry;

/// The challenge server, reached over REST with the bank's two certificates.
///
/// Every call throws [karuta.client.Refused] or [karuta.client.Unavailable], and is made once more before that when it
/// may succeed then: a customer waits for it.
///
/// @param frontEnd what internet banking may do
/// @param backOffice what the back office may do
public record Karuta(FrontEnd frontEnd, BackOffice backOffice) {
  private static final Retry ONCE_MORE =
      new Retry(2, Duration.ofMillis(100), Duration.ofMillis(100));

  /// How one role reaches the server.
  ///
  /// @param base for example `https://localhost:8443`
  /// @param identity empty only for a server without TLS on loopback
  public record Access(URI base, Optional<Identity> identity) {
    Endpoint endpoint() {
      return Endpoint.of(base, identity);
    }
  }

  /// Opens both ways.
  public static Karuta open(Vertx vertx, Access frontEnd, Access backOffice) {
    return new Karuta(
        new FrontEnd(
            KarutaClient.rest(vertx, frontEnd.endpoint(), ONCE_MORE),
            new PublishedFiles(vertx, frontEnd.endpoint())),
        new BackOffice(KarutaClient.rest(vertx, backOffice.endpoint(), ONCE_MORE)));
  }
}
