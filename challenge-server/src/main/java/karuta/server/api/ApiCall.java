package karuta.server.api;

import com.google.protobuf.Message;
import io.vertx.core.Future;

/// One request on its way through {@link RequestPipeline}, from the first header to the reply.
///
/// Belongs to the event loop of its connection, but for what runs on the lane. A transport calls {@link #requireRole},
/// then {@link #answer}, then {@link #end}, whatever happened between.
final class ApiCall<Q extends Message, A extends Message> {
  private final RequestPipeline pipeline;
  private final Operation<Q, A> operation;
  private final String transport;
  private final String requestId;
  private final Client client;
  private final long began;
  private volatile boolean abandoned;
  private boolean ended;

  ApiCall(
      RequestPipeline pipeline,
      Operation<Q, A> operation,
      String transport,
      String requestId,
      Client client,
      long began) {
    this.pipeline = pipeline;
    this.operation = operation;
    this.transport = transport;
    this.requestId = requestId;
    this.client = client;
    this.began = began;
  }

  /// Nobody's body is read before this.
  ///
  /// @throws CallRefused with {@link Code#WRONG_ROLE}
  void requireRole() {
    if (!operation.rule().roles().contains(client.role())) {
      throw new CallRefused(Code.WRONG_ROLE);
    }
  }

  /// Has the request answered. Fails with {@link CallRefused} and nothing else.
  Future<A> answer(Q request, long patienceMillis) {
    return pipeline.answer(this, client, request, patienceMillis);
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

  Client client() {
    return client;
  }
}
