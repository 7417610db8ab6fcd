package karuta.smoke;

import io.vertx.core.Vertx;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.net.URI;
import java.nio.file.Path;
import karuta.client.Endpoint;
import karuta.client.Identity;
import karuta.client.KarutaClient;
import karuta.client.PublishedFiles;
import karuta.client.Retry;
import picocli.CommandLine.Option;

/// How to reach a server on this machine as one of its two roles, with the development certificates.
final class Connection {
  static final String FRONT_END = "front-end";
  static final String BACK_OFFICE = "back-office";

  @Option(names = "--port", required = true, description = "port of the API on localhost")
  private int port;

  @Option(
      names = "--pki",
      required = true,
      description = "directory that ./karuta pki dev made: ca.pem and the clients' certificates")
  private Path pki = Path.of("");

  KarutaClient rest(Vertx vertx, String role) {
    return KarutaClient.rest(vertx, endpoint(role), Retry.USUAL);
  }

  KarutaClient grpc(Vertx vertx, String role) {
    return KarutaClient.grpc(vertx, endpoint(role), Retry.USUAL);
  }

  PublishedFiles files(Vertx vertx) {
    return new PublishedFiles(vertx, endpoint(FRONT_END));
  }

  RawHttp raw(Vertx vertx) {
    var options = new WebClientOptions().setDefaultHost("localhost").setDefaultPort(port);
    Identity.in(pki, FRONT_END).applyTo(options);
    return new RawHttp(WebClient.create(vertx, options));
  }

  private Endpoint endpoint(String role) {
    return Endpoint.of(URI.create("https://localhost:" + port), Identity.in(pki, role));
  }

  /// Commands that reach the same server, for a person to paste.
  Paste paste() {
    return new Paste(port, pki);
  }
}
