package karuta.client;

import com.google.protobuf.Message;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/// The calls of one role, made with one certificate, over one transport.
///
/// Calls wait for their reply, so they belong on virtual threads or on platform threads that may wait, never on an
/// event loop. What fails for the moment is made again as [Retry] says: every call of the contract is safe to repeat,
/// and an answer always carries the same idempotency key.
public final class KarutaClient implements AutoCloseable {
  private final Vertx vertx;
  private final Transport transport;
  private final Retry retry;

  private KarutaClient(Vertx vertx, Transport transport, Retry retry) {
    this.vertx = vertx;
    this.transport = transport;
    this.retry = retry;
  }

  /// Over REST.
  public static KarutaClient rest(Vertx vertx, Endpoint endpoint, Retry retry) {
    return new KarutaClient(vertx, new RestTransport(vertx, endpoint), retry);
  }

  /// Over gRPC.
  public static KarutaClient grpc(Vertx vertx, Endpoint endpoint, Retry retry) {
    return new KarutaClient(vertx, new GrpcTransport(vertx, endpoint), retry);
  }

  /// Over a transport of the caller's.
  public static KarutaClient over(Vertx vertx, Transport transport, Retry retry) {
    return new KarutaClient(vertx, transport, retry);
  }

  /// Makes a call and waits for its reply.
  ///
  /// @throws Refused if the server says no
  /// @throws Unavailable if it cannot do it now, or says nothing that can be read
  public <Q extends Message, A extends Message> A call(Method<Q, A> method, Q request) {
    return await(send(method, request));
  }

  /// Waits as Vert.x lets a thread wait: a virtual thread of its own makes room for what the reply needs meanwhile.
  static <T> T await(Future<T> reply) {
    if (Context.isOnEventLoopThread()) {
      throw new IllegalStateException("a call waits, which an event loop must not");
    }
    try {
      return reply.await();
    } catch (Exception e) {
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt();
        throw Unavailable.unheard("interrupted while waiting for the reply", e);
      }
      throw e;
    }
  }

  /// Makes a call; the future fails with a [CallFailed].
  public <Q extends Message, A extends Message> Future<A> send(Method<Q, A> method, Q request) {
    return attempt(method, request, 1);
  }

  private <Q extends Message, A extends Message> Future<A> attempt(
      Method<Q, A> method, Q request, int number) {
    return transport
        .call(method, request)
        .recover(
            cause -> {
              var again = cause instanceof CallFailed failed && failed.retryable();
              if (!again || number >= retry.attempts()) {
                return Future.failedFuture(cause);
              }
              var rest = retry.restMillis(number, ThreadLocalRandom.current().nextDouble());
              return vertx
                  .timer(rest, TimeUnit.MILLISECONDS)
                  .compose(_ -> attempt(method, request, number + 1));
            });
  }

  @Override
  public void close() {
    transport.close();
  }
}
