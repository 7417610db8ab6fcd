package karuta.client;

import com.google.protobuf.Message;
import io.vertx.core.Future;

/// One way to the server. Both carry the same messages and fail in the same ways.
public interface Transport extends AutoCloseable {
  /// Makes a call once.
  ///
  /// @return fails with a [CallFailed] and nothing else
  <Q extends Message, A extends Message> Future<A> call(Method<Q, A> method, Q request);

  /// Ends its connections.
  @Override
  void close();
}
