package karuta.server.api;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.health.HealthService;
import io.vertx.grpc.health.handler.GrpcHealthCheckV1Handler;
import io.vertx.grpc.health.v1.HealthCheckRequest;
import io.vertx.grpc.health.v1.HealthCheckResponse;
import io.vertx.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.vertx.grpc.server.GrpcServer;
import io.vertx.grpc.server.GrpcServerRequest;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import karuta.server.health.Readiness;

/// The standard health service, `grpc.health.v1.Health`.
///
/// `Check` is answered here, not by the library: the library says SERVING for the server as a whole (the empty name) whatever its
/// services say, so a probe without a name would never see a lost token. `Watch` and `List` are the library's and know the services by name.
public final class GrpcHealth {
  private final Vertx vertx;
  private final Readiness readiness;
  private final List<String> names;

  public GrpcHealth(Vertx vertx, Readiness readiness) {
    this.vertx = vertx;
    this.readiness = readiness;
    this.names =
        Stream.concat(
                Stream.of(""), Contract.services().stream().map(service -> service.getFullName()))
            .toList();
  }

  void mount(GrpcServer server) {
    server.callHandler(GrpcHealthCheckV1Handler.SERVICE_METHOD, this::check);
    var library = HealthService.create(vertx);
    Supplier<Future<Boolean>> serving = this::serving;
    names.forEach(name -> library.register(name, serving));
    server.addService(library);
  }

  private void check(GrpcServerRequest<HealthCheckRequest, HealthCheckResponse> request) {
    request
        .last()
        .onComplete(
            asked -> {
              if (!names.contains(asked.getService())) {
                request.response().status(GrpcStatus.NOT_FOUND).end();
                return;
              }
              serving()
                  .onSuccess(
                      up ->
                          request
                              .response()
                              .end(
                                  HealthCheckResponse.newBuilder()
                                      .setStatus(
                                          up ? ServingStatus.SERVING : ServingStatus.NOT_SERVING)
                                      .build()));
            },
            _ -> request.response().status(GrpcStatus.INVALID_ARGUMENT).end());
  }

  private Future<Boolean> serving() {
    return Future.fromCompletionStage(readiness.ask(), vertx.getOrCreateContext())
        .map(Readiness.Report::ready);
  }
}
