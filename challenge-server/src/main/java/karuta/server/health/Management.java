package karuta.server.health;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import karuta.server.metrics.Meters;

/// The management port: `/metrics`, `/health/live`, `/health/ready`. Plain text, on loopback unless configured
/// otherwise; nothing on it is secret, and nothing on it can change anything.
public final class Management {
  private final Vertx vertx;
  private final Meters meters;
  private final Readiness readiness;
  private final HttpServer server;

  public Management(Vertx vertx, Meters meters, Readiness readiness) {
    this.vertx = vertx;
    this.meters = meters;
    this.readiness = readiness;
    this.server =
        vertx
            .createHttpServer(new HttpServerOptions().setIdleTimeout(60))
            .requestHandler(this::answer);
  }

  /// Listens.
  ///
  /// @return the port, which matters where 0 was asked for
  public Future<Integer> listen(String host, int port) {
    return server.listen(port, host).map(HttpServer::actualPort);
  }

  /// Stops listening.
  public Future<Void> close() {
    return server.shutdown(1, TimeUnit.SECONDS);
  }

  private void answer(HttpServerRequest request) {
    var response = request.response().putHeader("cache-control", "no-store");
    if (!request.method().equals(HttpMethod.GET)) {
      response.setStatusCode(405).putHeader("allow", "GET").end();
      return;
    }
    switch (request.path()) {
      case "/health/live" -> end(request, 200, new JsonObject().put("status", "live"));
      case "/health/ready" -> ready(request);
      case "/metrics" -> metrics(request);
      case null, default -> end(request, 404, new JsonObject().put("status", "not found"));
    }
  }

  private void ready(HttpServerRequest request) {
    var context = vertx.getOrCreateContext();
    var _ =
        readiness
            .ask()
            .whenComplete(
                (report, _) ->
                    context.runOnContext(_ -> end(request, status(report), json(report))));
  }

  private static int status(Readiness.Report report) {
    return report.ready() ? 200 : 503;
  }

  private static JsonObject json(Readiness.Report report) {
    var json = new JsonObject().put("status", word(report));
    report.parts().forEach((part, up) -> json.put(part, up ? "up" : "down"));
    put(json, "reasons", report.reasons());
    put(json, "degraded", report.degraded());
    return json;
  }

  private static void put(JsonObject json, String name, Map<String, String> parts) {
    if (!parts.isEmpty()) {
      var texts = new JsonObject();
      parts.forEach(texts::put);
      json.put(name, texts);
    }
  }

  private static String word(Readiness.Report report) {
    return switch (report.phase()) {
      case STARTING -> "starting";
      case SERVING -> report.ready() ? "ready" : "not ready";
      case ENDING -> "shutting down";
    };
  }

  private void metrics(HttpServerRequest request) {
    var _ =
        vertx
            .executeBlocking(() -> meters.registry().scrape(), false)
            .onComplete(
                page ->
                    request
                        .response()
                        .putHeader("content-type", "text/plain; version=0.0.4; charset=utf-8")
                        .end(page),
                _ -> request.response().setStatusCode(500).end());
  }

  private static void end(HttpServerRequest request, int status, JsonObject json) {
    request
        .response()
        .setStatusCode(status)
        .putHeader("content-type", "application/json")
        .end(json.encode());
  }
}
