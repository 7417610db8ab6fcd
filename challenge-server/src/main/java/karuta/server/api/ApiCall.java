package karuta.server.api;

import com.google.protobuf.Message;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/// One request on its way through {@link RequestPipeline}, from the first header to the reply.
///
/// Belongs to the event loop of its connection, but for what runs on the lane. A transport calls {@link #admit}, then {@link #answer}, then
/// {@link #end} and {@link #leave}, whatever happened between.
final class ApiCall<Q extends Message, A extends Message> {
  private final RequestPipeline pipeline;
  private final Operation<Q, A> operation;
  private final String transport;
  private final String requestId;
  private final long began;
  private @Nullable Client client;
  private volatile boolean abandoned;
  private boolean ended;
  private boolean left;

  ApiCall(
      RequestPipeline pipeline,
      Operation<Q, A> operation,
      String transport,
      String requestId,
      long began) {
    this.pipeline = pipeline;
    this.operation = operation;
    this.transport = transport;
    this.requestId = requestId;
    this.began = began;
  }

  /// Lets the caller in, or throws {@link CallRefused}: nobody's request is read before this.
  void admit(io.vertx.core.http.HttpConnection connection) {
    client = pipeline.admit(operation, connection);
  }

  /// Has the request answered. Fails with {@link CallRefused} and nothing else.
  Future<A> answer(Q request, long patienceMillis) {
    var known = client;
    if (known == null) {
      throw new IllegalStateException("a request is answered after its caller is admitted");
    }
    return pipeline.answer(this, known, request, patienceMillis);
  }

  /// How many milliseconds this request still has, at least one.
  long patience(long callersMillis) {
    return pipeline.patience(this, callersMillis);
  }

  /// The caller has gone: work that has not begun is not begun.
  void abandon() {
    abandoned = true;
  }

  boolean abandoned() {
    return abandoned;
  }

  /// It is known how the request ends; counted and logged once.
  ///
  /// @param code `ok`, the wire spelling of a {@link Code}, or `gone` when the caller has left
  void end(String code) {
    if (!ended) {
      ended = true;
      pipeline.ended(this, code);
    }
  }

  /// The reply is out, or there is nobody to send it to. A shutdown waits for this.
  void leave() {
    if (client != null && !left) {
      left = true;
      pipeline.left();
    }
  }

  Operation<Q, A> operation() {
    return operation;
  }

  String transport() {
    return transport;
  }

  String requestId() {
    return requestId;
  }

  long began() {
    return began;
  }

  @Nullable Client client() {
    return client;
  }
}
