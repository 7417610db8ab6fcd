package karuta.guard.socket;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import jdk.net.ExtendedSocketOptions;

/// Says who is at the other end of a connection.
@FunctionalInterface
interface PeerUser {
  /// What the kernel noted when the peer connected: nothing the peer says.
  PeerUser OF_THE_KERNEL =
      connection -> connection.getOption(ExtendedSocketOptions.SO_PEERCRED).user().getName();

  String of(SocketChannel connection) throws IOException;
}
