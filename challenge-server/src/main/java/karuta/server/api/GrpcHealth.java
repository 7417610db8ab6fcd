package karuta.server.api;

import com.google.protobuf.Descriptors.ServiceDescriptor;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.health.handler.GrpcHealthCheckV1Handler;
import io.vertx.grpc.health.v1.HealthCheckRequest;
import io.vertx.grpc.health.v1.HealthCheckResponse;
import io.vertx.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.vertx.grpc.health.v1.HealthProto;
import io.vertx.grpc.server.GrpcServer;
import io.vertx.grpc.server.GrpcServerRequest;
import java.util.List;
import java.util.stream.Stream;
import karuta.server.health.Readiness;

/// The standard health service, `grpc.health.v1.Health`: its method `Check`, for each service and for the server as a
/// whole (the empty name).
///
/// The library's own service is not mounted. It says SERVING for the server as a whole whatever its services say, so a
/// probe without a name would never see a lost token; and its `Watch` keeps every name and stream it is given and
/// writes to them without end. Who calls what is not there gets UNIMPLEMENTED, which the protocol asks clients to
/// expect.
public final class GrpcHealth {
  static final ServiceDescriptor SERVICE = HealthProto.getDescriptor().findServiceByName("Health");

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
  }

  private void check(GrpcServerRequest<HealthCheckRequest, HealthCheckResponse> request) {
    request
        .last()
        .compose(
            asked ->
                names.contains(asked.getService())
                    ? serving().map(GrpcHealth::response)
                    : Future.failedFuture(new CallRefused(Code.UNKNOWN_PATH)))
        .onComplete(
            answer -> request.response().end(answer),
            failure ->
                request
                    .response()
                    .status(
                        failure instanceof CallRefused
                            ? GrpcStatus.NOT_FOUND
                            : GrpcStatus.INVALID_ARGUMENT)
                    .end());
  }

  private static HealthCheckResponse response(boolean up) {
    return HealthCheckResponse.newBuilder()
        .setStatus(up ? ServingStatus.SERVING : ServingStatus.NOT_SERVING)
        .build();
  }

  private Future<Boolean> serving() {
    return Future.fromCompletionStage(readiness.ask(), vertx.getOrCreateContext())
        .map(Readiness.Report::ready);
  }
}
