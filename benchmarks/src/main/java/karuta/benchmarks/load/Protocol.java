package karuta.benchmarks.load;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpVersion;
import karuta.client.Endpoint;
import karuta.client.KarutaClient;
import karuta.client.Retry;

/// The ways in which a front end can call.
public enum Protocol {
  /// JSON over HTTP/1.1, a connection a call under way.
  REST("REST, HTTP/1.1"),
  /// JSON over HTTP/2, few connections.
  REST_HTTP2("REST, HTTP/2"),
  /// gRPC.
  GRPC("gRPC");

  private static final int HTTP2_CONNECTIONS = 4;

  private final String label;

  Protocol(String label) {
    this.label = label;
  }

  /// As it is called in tables.
  public String label() {
    return label;
  }

  /// A client whose calls are made once: what a measurement repeated would be measured twice.
  ///
  /// @param callers how many call at once
  KarutaClient client(Vertx vertx, Endpoint endpoint, int callers) {
    return switch (this) {
      case REST ->
          KarutaClient.rest(vertx, with(endpoint, HttpVersion.HTTP_1_1, callers), Retry.NEVER);
      case REST_HTTP2 ->
          KarutaClient.rest(
              vertx, with(endpoint, HttpVersion.HTTP_2, HTTP2_CONNECTIONS), Retry.NEVER);
      case GRPC -> KarutaClient.grpc(vertx, endpoint, Retry.NEVER);
    };
  }

  private static Endpoint with(Endpoint endpoint, HttpVersion http, int connections) {
    return new Endpoint(
        endpoint.base(),
        endpoint.identity(),
        http,
        connections,
        endpoint.connect(),
        endpoint.deadline());
  }
}
