package karuta.client;

import io.vertx.core.http.HttpVersion;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/// Where a server is, and how it is reached.
///
/// @param base for example `https://karuta.bank.example:8443`
/// @param identity empty only for a development server without TLS on loopback
/// @param http the version REST begins with; over TLS the server may choose HTTP/1.1 instead of HTTP/2
/// @param connections at most
/// @param connect longest wait for a connection
/// @param deadline longest wait for a reply; more than the server's own, so that it is the server that says what was
///     not done in time
public record Endpoint(
    URI base,
    Optional<Identity> identity,
    HttpVersion http,
    int connections,
    Duration connect,
    Duration deadline) {
  public Endpoint {
    if (base.getHost() == null || base.getPort() < 0) {
      throw new IllegalArgumentException("an endpoint has a host and a port: " + base);
    }
    if (connections < 1 || !connect.isPositive() || !deadline.isPositive()) {
      throw new IllegalArgumentException("connections and waits are positive");
    }
  }

  /// With mutual TLS; 32 connections of HTTP/1.1, 5 and 12 seconds.
  public static Endpoint of(URI base, Identity identity) {
    return of(base, Optional.of(identity));
  }

  /// The same; without TLS when there is no identity.
  public static Endpoint of(URI base, Optional<Identity> identity) {
    return new Endpoint(
        base, identity, HttpVersion.HTTP_1_1, 32, Duration.ofSeconds(5), Duration.ofSeconds(12));
  }
}
