package karuta.guard.client;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import karuta.guard.frame.Deadline;
import karuta.guard.frame.FrameChannel;

/// Connections to a guard, never more than so many, one call at a time on each. One on which anything went wrong is
/// closed and not used again.
///
/// A connection that was idle may be dead without anybody knowing: the guard has been started anew. A call on it is
/// made once more on a new one. That is safe whatever became of the first, because a guard judges a challenge once,
/// closes one once, and signs the same seal for the same fields; and it is bounded, because the second is made on a new
/// connection, where it is not repeated.
final class Connections implements AutoCloseable {
  private final UnixDomainSocketAddress address;
  private final Semaphore places;
  private final ConcurrentLinkedDeque<FrameChannel> idle = new ConcurrentLinkedDeque<>();
  private volatile boolean closed;

  Connections(Path path, int size) {
    this.address = UnixDomainSocketAddress.of(path);
    this.places = new Semaphore(size, true);
  }

  /// A call and its reply.
  interface Exchange<T> {
    /// Makes it once.
    ///
    /// @throws ConnectionLost if nothing came of a reply, so that it may be made on another connection
    T on(FrameChannel connection) throws IOException;
  }

  <T> T use(Deadline deadline, Exchange<T> exchange) throws IOException {
    enter(deadline);
    try {
      var pooled = idle.pollFirst();
      if (pooled != null) {
        try {
          return once(pooled, exchange);
        } catch (ConnectionLost _) {
          // it was dead before; the others may be too, and each finds out by itself
        }
      }
      return once(connect(), exchange);
    } finally {
      places.release();
    }
  }

  private void enter(Deadline deadline) throws IOException {
    try {
      if (!places.tryAcquire(deadline.leftNanos(), TimeUnit.NANOSECONDS)) {
        throw new GuardUnavailable("every connection to the guard is in use");
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
  }

  private <T> T once(FrameChannel connection, Exchange<T> exchange) throws IOException {
    var good = false;
    try {
      var result = exchange.on(connection);
      good = true;
      return result;
    } finally {
      if (good) {
        idle.addFirst(connection);
      } else {
        connection.close();
      }
      if (closed) {
        closeIdle();
      }
    }
  }

  /// A Unix domain socket connects at once or, when too many wait to be accepted, not at all.
  private FrameChannel connect() throws IOException {
    if (closed) {
      throw new IOException("the way to the guard is closed");
    }
    var channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      channel.configureBlocking(false);
      if (!channel.connect(address)) {
        throw new IOException("too many connections wait for the guard");
      }
    } catch (IOException | RuntimeException failed) {
      channel.close();
      throw failed;
    }
    return new FrameChannel(channel);
  }

  /// A call under way goes on to its end.
  @Override
  public void close() {
    closed = true;
    closeIdle();
  }

  private void closeIdle() {
    for (var connection = idle.pollFirst(); connection != null; connection = idle.pollFirst()) {
      connection.close();
    }
  }
}
