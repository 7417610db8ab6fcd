package karuta.demobank.real;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;

/// A port on loopback that is ours as long as this is open. It is bound and nobody listens, so the system gives it to
/// nobody who takes any free one, neither before the program it is for listens there nor while that program is started
/// anew; and the program may listen, for both sides allow the address to be used again and only one listens.
final class ReservedPort implements AutoCloseable {
  private static final byte[] LOOPBACK = {127, 0, 0, 1};

  private final SocketChannel holder;
  private final int number;

  ReservedPort() {
    try {
      holder = SocketChannel.open();
      holder.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      holder.bind(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), 0));
      number = ((InetSocketAddress) holder.getLocalAddress()).getPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int number() {
    return number;
  }

  @Override
  public void close() {
    try {
      holder.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
