package karuta.server.health;

import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;

/// Ends a connection whose other side fetches nothing. `close` of a connection, and of its channel, waits until what
/// was sent is fetched, for as long as the other side likes; so the channel is closed behind the handler that would
/// wait.
public final class Abort {
  private Abort() {}

  /// Ends it at once; what was sent and not fetched is lost.
  public static void now(HttpConnection connection) {
    var _ = ((ConnectionBase) connection).channelHandlerContext().close();
  }
}
