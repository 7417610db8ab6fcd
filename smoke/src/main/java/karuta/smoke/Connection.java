package karuta.smoke;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import io.vertx.grpc.client.GrpcClient;
import java.nio.file.Path;
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

  RestDoor rest(Vertx vertx, String role) {
    var options = ClientTls.as(role, pki, new WebClientOptions());
    return new RestDoor(
        WebClient.create(vertx, options.setDefaultHost("localhost").setDefaultPort(port)));
  }

  GrpcDoor grpc(Vertx vertx, String role) {
    return new GrpcDoor(
        GrpcClient.client(vertx, ClientTls.as(role, pki, new HttpClientOptions())),
        SocketAddress.inetSocketAddress(port, "localhost"));
  }

  /// Commands that reach the same server, for a person to paste.
  Paste paste() {
    return new Paste(port, pki);
  }
}
