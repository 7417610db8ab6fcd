package karuta.guard.client;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// The other end closed the connection, and nothing came of a reply.
final class ConnectionLost extends IOException {
  private static final long serialVersionUID = 1;

  ConnectionLost(@Nullable Throwable cause) {
    super("the guard closed the connection without a reply", cause);
  }
}
