package karuta.server.api;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.grpc.common.GrpcMessageDecoder;
import io.vertx.grpc.common.GrpcMessageEncoder;
import io.vertx.grpc.common.MessageSizeOverflowException;
import io.vertx.grpc.common.ServiceMethod;
import io.vertx.grpc.common.ServiceName;
import io.vertx.grpc.common.WireFormat;
import io.vertx.grpc.reflection.ReflectionService;
import io.vertx.grpc.server.GrpcProtocol;
import io.vertx.grpc.server.GrpcServer;
import io.vertx.grpc.server.GrpcServerOptions;
import io.vertx.grpc.server.GrpcServerRequest;
import io.vertx.grpc.server.GrpcServerResponse;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The gRPC transport. Errors carry the code of the closed list in the trailers `karuta-code`, `karuta-retryable`, `karuta-request-id` and, where a
/// field is at fault, `karuta-field`.
///
/// Bound below the generated service classes, which have no access to the peer's certificate. Transcoding and gRPC-Web are off: REST has
/// its own transport.
final class GrpcApi {
  private static final Logger LOG = LoggerFactory.getLogger(GrpcApi.class);
  private static final String TRANSPORT = "grpc";

  private final Vertx vertx;
  private final RequestPipeline pipeline;
  private final GrpcServer server;

  GrpcApi(
      Vertx vertx,
      RequestPipeline pipeline,
      List<Operation<?, ?>> operations,
      GrpcHealth health,
      Limits limits) {
    this.vertx = vertx;
    this.pipeline = pipeline;
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
    // bytes in: the library cancels the whole stream on bytes that are no message, the caller would
    // learn nothing
    ServiceMethod<Buffer, A> method =
        ServiceMethod.server(
            ServiceName.create(service.getFile().getPackage(), service.getName()),
            operation.method().getName(),
            GrpcMessageEncoder.encoder(),
            GrpcMessageDecoder.IDENTITY);
    server.callHandler(method, request -> handle(operation, request));
  }

  private <Q extends Message, A extends Message> void handle(
      Operation<Q, A> operation, GrpcServerRequest<Buffer, A> request) {
    var call = pipeline.call(operation, TRANSPORT);
    var response = request.response();
    try {
      call.admit(request.connection());
      requirePlainProtobuf(request);
    } catch (CallRefused refused) {
      call.end(refused.code().wire());
      refuse(response, refused, call.requestId()).onComplete(_ -> call.leave());
      return;
    }
    request.errorHandler(_ -> call.abandon());
    var message = only(request);
    var timer =
        vertx.setTimer(
            call.patience(request.timeout()),
            _ -> message.tryFail(new CallRefused(Code.DEADLINE_EXCEEDED)));
    message
        .future()
        .onComplete(_ -> vertx.cancelTimer(timer))
        .compose(bytes -> call.answer(parse(operation.request(), bytes), request.timeout()))
        .onComplete(
            answer -> {
              response.headers().set("karuta-request-id", call.requestId());
              call.end("ok");
              end(() -> response.end(answer)).onComplete(_ -> call.leave());
            },
            failure -> {
              var refused = Failures.told(failure);
              call.end(refused.code().wire());
              refuse(response, refused, call.requestId()).onComplete(_ -> call.leave());
            });
  }

  /// A compressed message could unfold to any size; the limit counts what came over the wire.
  private static void requirePlainProtobuf(GrpcServerRequest<?, ?> request) {
    var encoding = request.encoding();
    if (request.format() != WireFormat.PROTOBUF
        || (encoding != null && !encoding.equals("identity"))) {
      throw new CallRefused(Code.UNSUPPORTED_MEDIA_TYPE);
    }
  }

  private static <Q extends Message> Q parse(Q empty, Buffer bytes) {
    try {
      @SuppressWarnings("unchecked") // a message's parser makes messages of its own type
      var message = (Q) empty.getParserForType().parseFrom(bytes.getBytes());
      return message;
    } catch (InvalidProtocolBufferException _) {
      throw new CallRefused(Code.MALFORMED_REQUEST);
    }
  }

  /// The one message of a unary call.
  private static Promise<Buffer> only(GrpcServerRequest<Buffer, ?> request) {
    Promise<Buffer> message = Promise.promise();
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

  /// Sends, unless the caller has cancelled: then there is nobody to send to.
  private static Future<Void> end(Supplier<Future<Void>> send) {
    try {
      return send.get();
    } catch (IllegalStateException gone) {
      LOG.debug("a caller has gone before the reply: {}", gone.getClass().getName());
      return Future.succeededFuture();
    }
  }

  private void unknown(GrpcServerRequest<Buffer, Buffer> request) {
    var _ = refuse(request.response(), new CallRefused(Code.UNKNOWN_PATH), pipeline.newRequestId());
  }

  private static Future<Void> refuse(
      GrpcServerResponse<?, ?> response, CallRefused refused, String requestId) {
    var code = refused.code();
    var trailers = response.trailers();
    trailers.set("karuta-code", code.wire());
    trailers.set("karuta-retryable", Boolean.toString(code.retryable()));
    trailers.set("karuta-request-id", requestId);
    refused.field().ifPresent(field -> trailers.set("karuta-field", field));
    return end(() -> response.status(code.grpc()).statusMessage(refused.text()).end());
  }
}
