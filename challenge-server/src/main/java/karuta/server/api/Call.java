package karuta.server.api;

import com.google.protobuf.Message;

/// What answers one method of the contract. It may block: it runs on a lane, never on an event loop.
///
/// @param <Q> the request message
/// @param <A> the reply message
@FunctionalInterface
public interface Call<Q extends Message, A extends Message> {
  /// Answers a request.
  ///
  /// @throws CallRefused where the caller must be told no
  /// @throws Exception any failure; {@link Failures} says what the caller is told
  A answer(Client client, Q request) throws Exception;
}
