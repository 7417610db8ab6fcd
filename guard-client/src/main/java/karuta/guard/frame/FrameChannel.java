package karuta.guard.frame;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import karuta.secret.SecretBytes;
import org.jspecify.annotations.Nullable;

/// One connection, on which frames are written and read, each with a deadline.
///
/// The channel never blocks, and every wait is one of a selector, because a blocking channel knows no deadline. The
/// bytes of an answer go between the socket and memory outside the heap; an ordinary buffer would be copied, and nobody
/// could wipe the copies.
///
/// One thread at a time reads and writes; [#stop] and [#close] may be called by any.
public final class FrameChannel implements AutoCloseable {
  private static final int HEADER_BYTES = 6;

  private final SocketChannel channel;
  private final Selector selector;
  private final SelectionKey key;
  private volatile boolean stopped;

  /// Takes a connected channel over: it is closed with this one, or when this cannot be made.
  public FrameChannel(SocketChannel channel) throws IOException {
    this.channel = channel;
    @Nullable Selector opened = null;
    try {
      opened = channel.provider().openSelector();
      channel.configureBlocking(false);
      this.key = channel.register(opened, 0);
      this.selector = opened;
    } catch (IOException failed) {
      if (opened != null) {
        opened.close();
      }
      channel.close();
      throw failed;
    }
  }

  /// Waits without an end for a frame to begin, or for the peer to go.
  ///
  /// @return false once [#stop] was called
  public boolean awaitFrame() throws IOException {
    while (!stopped) {
      if (ready(SelectionKey.OP_READ, 0)) {
        return !stopped;
      }
    }
    return false;
  }

  /// Reads one frame, of which nothing may have come yet.
  ///
  /// @return null if the peer closed instead
  /// @throws SocketTimeoutException if the deadline passes
  /// @throws BadFrame if its lengths are not those of a frame; no memory was taken for it
  /// @throws EOFException if it ends in the middle
  public @Nullable Frame read(Deadline deadline) throws IOException {
    var header = ByteBuffer.allocate(HEADER_BYTES);
    if (!fill(header, deadline)) {
      return null;
    }
    var message = new byte[messageLength(header.getInt(0))];
    var answerLength = answerLength(Short.toUnsignedInt(header.getShort(Integer.BYTES)));
    complete(ByteBuffer.wrap(message), deadline);
    var answer = SecretBytes.ofCapacity(answerLength);
    try {
      answer.fill(room -> complete(room, deadline));
      return new Frame(message, answer);
    } catch (IOException | RuntimeException failed) {
      answer.close();
      throw failed;
    }
  }

  /// Writes one frame.
  ///
  /// @throws IllegalArgumentException if it is longer than a frame may be
  /// @throws SocketTimeoutException if the deadline passes
  public void write(byte[] message, SecretBytes answer, Deadline deadline) throws IOException {
    if (message.length > Frame.MESSAGE_BYTES || answer.length() > Frame.ANSWER_BYTES) {
      throw new IllegalArgumentException("longer than a frame may be");
    }
    var head =
        ByteBuffer.allocate(HEADER_BYTES + message.length)
            .putInt(message.length)
            .putShort((short) answer.length())
            .put(message)
            .flip();
    drain(head, deadline);
    drain(answer.buffer(), deadline);
  }

  /// Lets the wait for the next frame end. A frame that has begun is not cut.
  public void stop() {
    stopped = true;
    selector.wakeup();
  }

  /// Ends every wait at once.
  @Override
  public void close() {
    try {
      selector.close();
      channel.close();
    } catch (IOException _) {
      // nothing that was written depends on it
    }
  }

  private static int messageLength(int length) throws BadFrame {
    if (length < 0 || length > Frame.MESSAGE_BYTES) {
      throw new BadFrame("a message has at most " + Frame.MESSAGE_BYTES + " bytes");
    }
    return length;
  }

  private static int answerLength(int length) throws BadFrame {
    if (length > Frame.ANSWER_BYTES || length % 2 != 0) {
      throw new BadFrame("an answer has at most " + Frame.ANSWER_BYTES + " bytes, in pairs");
    }
    return length;
  }

  private void complete(ByteBuffer room, Deadline deadline) throws IOException {
    if (room.hasRemaining() && !fill(room, deadline)) {
      throw new EOFException("the frame ends in the middle");
    }
  }

  /// @return false if the peer closed before the first byte
  private boolean fill(ByteBuffer room, Deadline deadline) throws IOException {
    var begin = room.position();
    while (room.hasRemaining()) {
      var read = channel.read(room);
      if (read < 0 && room.position() == begin) {
        return false;
      }
      if (read < 0) {
        throw new EOFException("the frame ends in the middle");
      }
      if (read == 0) {
        await(SelectionKey.OP_READ, deadline);
      }
    }
    return true;
  }

  private void drain(ByteBuffer bytes, Deadline deadline) throws IOException {
    while (bytes.hasRemaining()) {
      if (channel.write(bytes) == 0) {
        await(SelectionKey.OP_WRITE, deadline);
      }
    }
  }

  private void await(int operation, Deadline deadline) throws IOException {
    var left = deadline.leftMillis();
    if (left == 0) {
      throw new SocketTimeoutException("the deadline has passed");
    }
    ready(operation, left);
  }

  /// Waits once, and may come back early.
  ///
  /// @param millis 0 for no end
  private boolean ready(int operation, long millis) throws IOException {
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedIOException("interrupted");
    }
    try {
      key.interestOps(operation);
      return selector.select(_ -> {}, millis) > 0;
    } catch (ClosedSelectorException | java.nio.channels.CancelledKeyException _) {
      throw new ClosedChannelException();
    }
  }
}
