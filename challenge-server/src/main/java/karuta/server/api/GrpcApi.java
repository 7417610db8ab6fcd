package karuta.server.api;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
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
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The gRPC transport. Errors carry the code of the closed list in the trailers `karuta-code`, `karuta-retryable`,
/// `karuta-request-id` and, where a field is at fault, `karuta-field`.
///
/// Bound below the generated service classes, which have no access to the peer's certificate. Transcoding and gRPC-Web
/// are off: REST has its own transport.
final class GrpcApi {
  private static final Logger LOG = LoggerFactory.getLogger(GrpcApi.class);
  private static final String TRANSPORT = "grpc";
  private static final String ENCODING = "grpc-encoding";

  /// HTTP/2's error code for a stream whose other half is not waited for (RFC 9113, section 8.1).
  private static final long NO_ERROR = 0;

  /// How long a caller may go on sending after the reply: a reset at once would overtake the reply.
  private static final long STILL_SENDING_MS = 1_000;

  private final Vertx vertx;
  private final Admission admission;
  private final RequestPipeline pipeline;
  private final GrpcServer server;

  GrpcApi(
      Vertx vertx,
      Admission admission,
      RequestPipeline pipeline,
      List<Operation<?, ?>> operations,
      GrpcHealth health,
      Limits limits) {
    this.vertx = vertx;
    this.admission = admission;
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
      Stream.concat(
              operations.stream().map(operation -> operation.method().getService()),
              Stream.of(GrpcHealth.SERVICE))
          .distinct()
          .forEach(service -> server.addService(new Described(service)));
      server.addService(ReflectionService.v1());
    }
  }

  /// Where requests of content type `application/grpc` go.
  void handle(HttpServerRequest request) {
    Place place;
    try {
      place = admission.enter(request);
    } catch (CallRefused refused) {
      refuse(request, refused);
      return;
    }
    // the stream is closed: the reply is out, or its caller has gone
    request.response().closeHandler(_ -> place.leave());
    request.response().endHandler(_ -> vertx.setTimer(STILL_SENDING_MS, _ -> cut(request)));
    if (isCompressed(request)) {
      refuse(request, new CallRefused(Code.UNSUPPORTED_MEDIA_TYPE));
      return;
    }
    // named, so that the library can say so of a message that is marked as compressed
    request.headers().set(ENCODING, "unexpected");
    server.handle(request);
  }

  /// What a caller still sends after the reply would fill the connection's window.
  private static void cut(HttpServerRequest request) {
    if (!request.isEnded()) {
      request.response().reset(NO_ERROR);
    }
  }

  /// A compressed message could unfold to any size; the limit counts what came over the wire.
  private static boolean isCompressed(HttpServerRequest request) {
    var encoding = request.getHeader(ENCODING);
    return encoding != null && !encoding.equals("identity");
  }

  private void refuse(HttpServerRequest request, CallRefused refused) {
    var id = pipeline.newRequestId();
    var code = refused.code();
    pipeline.unrouted(TRANSPORT, id, request.connection(), code);
    var response =
        request
            .response()
            .putHeader("content-type", "application/grpc")
            .putHeader("grpc-status", Integer.toString(code.grpc().code))
            .putHeader("grpc-message", refused.text());
    trailers(response.headers(), refused, id);
    var _ = response.end();
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
    var response = request.response();
    var client = admission.peers().of(request.connection()).requireClient();
    var call = pipeline.call(operation, TRANSPORT, pipeline.newRequestId(), client);
    try {
      call.requireRole();
      requireProtobuf(request);
    } catch (CallRefused refused) {
      call.end(refused.code().wire());
      refuse(response, refused, call.requestId());
      return;
    }
    request.errorHandler(_ -> gone(call));
    response.exceptionHandler(_ -> gone(call));
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
              end(() -> response.end(answer));
            },
            failure -> {
              var refused = Failures.told(failure);
              call.end(refused.code().wire());
              refuse(response, refused, call.requestId());
            });
  }

  /// The caller has cancelled, or the connection has ended.
  private static void gone(ApiCall<?, ?> call) {
    call.abandon();
    call.end("gone");
  }

  private static void requireProtobuf(GrpcServerRequest<?, ?> request) {
    if (request.format() != WireFormat.PROTOBUF) {
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
    request.messageHandler(
        frame -> {
          if (frame.encoding().equals("identity")) {
            message.tryComplete(frame.payload());
          } else {
            message.tryFail(new CallRefused(Code.UNSUPPORTED_MEDIA_TYPE));
          }
        });
    request.exceptionHandler(_ -> message.tryFail(new CallRefused(Code.MALFORMED_REQUEST)));
    request.endHandler(_ -> message.tryFail(new CallRefused(Code.MALFORMED_REQUEST)));
    return message;
  }

  /// Sends, unless the caller has cancelled: then there is nobody to send to.
  private static void end(Supplier<Future<Void>> send) {
    try {
      var _ = send.get();
    } catch (IllegalStateException gone) {
      LOG.debug("a caller has gone before the reply: {}", gone.getClass().getName());
    }
  }

  private void unknown(GrpcServerRequest<Buffer, Buffer> request) {
    var id = pipeline.newRequestId();
    pipeline.unrouted(TRANSPORT, id, request.connection(), Code.UNKNOWN_PATH);
    refuse(request.response(), new CallRefused(Code.UNKNOWN_PATH), id);
  }

  private static void refuse(
      GrpcServerResponse<?, ?> response, CallRefused refused, String requestId) {
    trailers(response.trailers(), refused, requestId);
    end(() -> response.status(refused.code().grpc()).statusMessage(refused.text()).end());
  }

  private static void trailers(MultiMap trailers, CallRefused refused, String requestId) {
    trailers.set("karuta-code", refused.code().wire());
    trailers.set("karuta-retryable", Boolean.toString(refused.code().retryable()));
    trailers.set("karuta-request-id", requestId);
    refused.field().ifPresent(field -> trailers.set("karuta-field", field));
  }
}
