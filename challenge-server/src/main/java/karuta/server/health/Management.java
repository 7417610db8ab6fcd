package karuta.server.health;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import karuta.log.LimitedLog;
import karuta.server.metrics.Meters;

/// The management port: `/metrics`, `/health/live`, `/health/ready`. Plain text, on loopback unless configured
/// otherwise; nothing on it is secret, and nothing on it can change anything.
///
/// It is nobody in particular who asks, so there are so many connections for all, one protocol with one request at a
/// time, and an end for whoever asks nothing whole, or does not fetch what was answered.
public final class Management {
  /// A scraper and a few probes take one or two each.
  static final int MOST_CONNECTIONS = 64;

  /// As on the API's port.
  private static final Duration QUIET = Duration.ofSeconds(75);

  private static final long TEND_EVERY_MS = 1_000;

  private final Vertx vertx;
  private final Meters meters;
  private final Readiness readiness;
  private final LongSupplier nanoClock;
  private final LimitedLog refusals;
  private final HttpServer server;

  /// Each connection, and when the last reply that has been sent on it was made, or it was opened.
  private final Map<HttpConnection, Long> connections = new ConcurrentHashMap<>();

  /// @param nanoClock as {@link System#nanoTime}
  /// @param refusals where connections are named that were not let in
  public Management(
      Vertx vertx,
      Meters meters,
      Readiness readiness,
      LongSupplier nanoClock,
      LimitedLog refusals) {
    this.vertx = vertx;
    this.meters = meters;
    this.readiness = readiness;
    this.nanoClock = nanoClock;
    this.refusals = refusals;
    this.server =
        vertx
            .createHttpServer(
                new HttpServerOptions()
                    .setHttp2ClearTextEnabled(false)
                    .setIdleTimeout((int) QUIET.toSeconds())
                    // what unfolds the frames of WebSockets cuts off a caller who asks ahead, with
                    // a stack in the log
                    .setPerFrameWebSocketCompressionSupported(false)
                    .setPerMessageWebSocketCompressionSupported(false))
            .connectionHandler(this::opened)
            .requestHandler(this::answer);
  }

  /// Listens.
  ///
  /// @return the port, which matters where 0 was asked for
  public Future<Integer> listen(String host, int port) {
    vertx.setPeriodic(TEND_EVERY_MS, _ -> tend());
    return server.listen(port, host).map(HttpServer::actualPort);
  }

  /// Stops listening.
  public Future<Void> close() {
    return server.shutdown(1, TimeUnit.SECONDS);
  }

  /// All on one event loop, so no two are counted at once.
  private void opened(HttpConnection connection) {
    if (connections.size() >= MOST_CONNECTIONS) {
      refusals.line(
          "the management port",
          () ->
              "the management port has %d connections, another is refused"
                  .formatted(MOST_CONNECTIONS));
      connection.close();
      return;
    }
    connections.put(connection, nanoClock.getAsLong());
    connection.closeHandler(_ -> connections.remove(connection));
  }

  private void tend() {
    var now = nanoClock.getAsLong();
    connections.forEach(
        (connection, since) -> {
          if (now - since > QUIET.toNanos()) {
            Abort.now(connection);
          }
        });
    refusals.flush();
  }

  private void sent(HttpConnection connection, long made) {
    connections.computeIfPresent(connection, (_, _) -> made);
  }

  private void answer(HttpServerRequest request) {
    var response = request.response().putHeader("cache-control", "no-store");
    if (!request.method().equals(HttpMethod.GET)) {
      end(request, response.setStatusCode(405).putHeader("allow", "GET"), "");
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
                    end(
                        request,
                        request
                            .response()
                            .putHeader("content-type", "text/plain; version=0.0.4; charset=utf-8"),
                        page),
                _ -> end(request, request.response().setStatusCode(500), ""));
  }

  private void end(HttpServerRequest request, int status, JsonObject json) {
    var response = request.response().setStatusCode(status);
    end(request, response.putHeader("content-type", "application/json"), json.encode());
  }

  private void end(HttpServerRequest request, HttpServerResponse response, String body) {
    // whoever reads the reply may be ahead of us, so the time is what it was before they could
    var made = nanoClock.getAsLong();
    var _ = response.end(body).onSuccess(_ -> sent(request.connection(), made));
  }
}
