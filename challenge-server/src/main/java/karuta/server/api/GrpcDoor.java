package karuta.server.api;

import com.google.protobuf.Message;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.grpc.common.GrpcMessageDecoder;
import io.vertx.grpc.common.GrpcMessageEncoder;
import io.vertx.grpc.common.MessageSizeOverflowException;
import io.vertx.grpc.common.ServiceMethod;
import io.vertx.grpc.common.ServiceName;
import io.vertx.grpc.reflection.ReflectionService;
import io.vertx.grpc.server.GrpcProtocol;
import io.vertx.grpc.server.GrpcServer;
import io.vertx.grpc.server.GrpcServerOptions;
import io.vertx.grpc.server.GrpcServerRequest;
import io.vertx.grpc.server.GrpcServerResponse;
import java.util.List;

/// The gRPC door. Errors carry the code of the closed list in the trailers `karuta-code`, `karuta-retryable`, `karuta-request-id` and, where a
/// field is at fault, `karuta-field`.
///
/// Bound below the generated service classes, which have no access to the peer's certificate. Transcoding and gRPC-Web are off: REST has
/// its own door.
final class GrpcDoor {
  private static final String DOOR = "grpc";

  private final Secured secured;
  private final GrpcServer server;

  GrpcDoor(
      Vertx vertx,
      Secured secured,
      List<Operation<?, ?>> operations,
      GrpcHealth health,
      Limits limits) {
    this.secured = secured;
    this.server =
        GrpcServer.server(
            vertx,
            new GrpcServerOptions()
                .removeEnabledProtocol(GrpcProtocol.TRANSCODING)
                .removeEnabledProtocol(GrpcProtocol.WEB)
                .removeEnabledProtocol(GrpcProtocol.WEB_TEXT)
                .setMaxMessageSize(limits.maxBodyBytes()));
    server.callHandler(this::unknown);
    health.mount(server);
    operations.forEach(this::mount);
    if (limits.reflection()) {
      operations.stream()
          .map(operation -> operation.method().getService())
          .distinct()
          .forEach(service -> server.addService(new Described(service)));
      server.addService(ReflectionService.v1());
    }
  }

  /// Where requests of content type `application/grpc` go.
  GrpcServer server() {
    return server;
  }

  private <Q extends Message, A extends Message> void mount(Operation<Q, A> operation) {
    var service = operation.method().getService();
    ServiceMethod<Q, A> method =
        ServiceMethod.server(
            ServiceName.create(service.getFile().getPackage(), service.getName()),
            operation.method().getName(),
            GrpcMessageEncoder.encoder(),
            GrpcMessageDecoder.decoder(operation.request()));
    server.callHandler(method, request -> handle(operation, request));
  }

  private <Q extends Message, A extends Message> void handle(
      Operation<Q, A> operation, GrpcServerRequest<Q, A> request) {
    var visit = secured.visit(operation, DOOR);
    var response = request.response();
    try {
      visit.admit(request.connection());
      requireUncompressed(request.encoding());
    } catch (CallRefused refused) {
      refuse(response, refused, visit.requestId());
      visit.end(refused.code().wire());
      return;
    }
    request.errorHandler(_ -> visit.abandon());
    GrpcDoor.<Q>only(request)
        .future()
        .compose(message -> visit.answer(message, request.timeout()))
        .onComplete(
            answer -> {
              response.headers().set("karuta-request-id", visit.requestId());
              response.end(answer);
              visit.end("ok");
            },
            failure -> {
              var refused = Failures.told(failure);
              refuse(response, refused, visit.requestId());
              visit.end(refused.code().wire());
            });
  }

  /// A compressed message could unfold to any size; the limit counts what came over the wire.
  private static void requireUncompressed(String encoding) {
    if (encoding != null && !encoding.equals("identity")) {
      throw new CallRefused(Code.UNSUPPORTED_MEDIA_TYPE);
    }
  }

  /// The one message of a unary call.
  private static <Q> Promise<Q> only(GrpcServerRequest<Q, ?> request) {
    Promise<Q> message = Promise.promise();
    request.invalidMessageHandler(
        invalid ->
            message.tryFail(
                new CallRefused(
                    invalid instanceof MessageSizeOverflowException
                        ? Code.TOO_LARGE
                        : Code.MALFORMED_REQUEST)));
    request.handler(message::tryComplete);
    request.exceptionHandler(_ -> message.tryFail(new CallRefused(Code.MALFORMED_REQUEST)));
    request.endHandler(_ -> message.tryFail(new CallRefused(Code.MALFORMED_REQUEST)));
    return message;
  }

  private void unknown(GrpcServerRequest<Buffer, Buffer> request) {
    refuse(request.response(), new CallRefused(Code.UNKNOWN_PATH), secured.newRequestId());
  }

  private static void refuse(
      GrpcServerResponse<?, ?> response, CallRefused refused, String requestId) {
    var code = refused.code();
    var trailers = response.trailers();
    trailers.set("karuta-code", code.wire());
    trailers.set("karuta-retryable", Boolean.toString(code.retryable()));
    trailers.set("karuta-request-id", requestId);
    refused.field().ifPresent(field -> trailers.set("karuta-field", field));
    response.status(code.grpc()).statusMessage(refused.text()).end();
  }
}
