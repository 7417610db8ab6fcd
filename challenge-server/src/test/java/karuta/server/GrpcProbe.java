package karuta.server;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.SocketAddress;
import io.vertx.grpc.client.GrpcClient;
import io.vertx.grpc.client.GrpcClientResponse;
import io.vertx.grpc.common.GrpcMessageDecoder;
import io.vertx.grpc.common.GrpcMessageEncoder;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.common.ServiceMethod;
import io.vertx.grpc.common.ServiceName;
import io.vertx.grpc.health.v1.HealthCheckRequest;
import io.vertx.grpc.health.v1.HealthCheckResponse;
import io.vertx.grpc.reflection.v1.ServerReflectionRequest;
import io.vertx.grpc.reflection.v1.ServerReflectionResponse;
import io.vertx.grpc.reflection.v1.ServiceResponse;
import java.util.List;

/// Asks the standard services of a gRPC server, as probes and development tools do.
final class GrpcProbe {
  private GrpcProbe() {}

  private static Buffer ask(
      GrpcClient client, SocketAddress address, String service, String method, Buffer request)
      throws Exception {
    ServiceMethod<Buffer, Buffer> call =
        ServiceMethod.client(
            ServiceName.create(service),
            method,
            GrpcMessageEncoder.IDENTITY,
            GrpcMessageDecoder.IDENTITY);
    return client
        .request(address, call)
        .compose(
            out -> {
              out.end(request);
              return out.response().compose(GrpcProbe::message);
            })
        .toCompletionStage()
        .toCompletableFuture()
        .get();
  }

  private static Future<Buffer> message(GrpcClientResponse<Buffer, Buffer> in) {
    return in.status() != null && in.status() != GrpcStatus.OK
        ? Future.failedFuture(in.status().name())
        : in.last();
  }

  /// The serving status, or the gRPC status if there is none.
  static String check(GrpcClient client, SocketAddress address, String name) throws Exception {
    var request = HealthCheckRequest.newBuilder().setService(name).build().toByteArray();
    try {
      var reply = ask(client, address, "grpc.health.v1.Health", "Check", Buffer.buffer(request));
      return HealthCheckResponse.parseFrom(reply.getBytes()).getStatus().name();
    } catch (java.util.concurrent.ExecutionException refused) {
      var cause = refused.getCause();
      return cause == null ? "" : String.valueOf(cause.getMessage());
    }
  }

  /// The services reflection lists.
  static List<String> services(GrpcClient client, SocketAddress address) throws Exception {
    var request = ServerReflectionRequest.newBuilder().setListServices("").build().toByteArray();
    var reply =
        ask(
            client,
            address,
            "grpc.reflection.v1.ServerReflection",
            "ServerReflectionInfo",
            Buffer.buffer(request));
    return ServerReflectionResponse.parseFrom(reply.getBytes())
        .getListServicesResponse()
        .getServiceList()
        .stream()
        .map(ServiceResponse::getName)
        .toList();
  }
}
