package karuta.guard.client;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import karuta.guard.frame.Deadline;
import karuta.guard.frame.Frame;
import karuta.guard.frame.FrameChannel;
import karuta.secret.SecretBytes;

/// A socket behind which each connection does what a test says, the last script for all that follow.
final class ScriptedGuard implements AutoCloseable {
  /// What one connection does after the other; it is closed when it returns.
  interface Script {
    void on(FrameChannel frames, SocketChannel bytes) throws IOException;
  }

  final AtomicInteger accepted = new AtomicInteger();
  private final List<SocketChannel> connections = new CopyOnWriteArrayList<>();
  private final ServerSocketChannel server;
  private final Path path;

  ScriptedGuard(Path path, Script... scripts) throws IOException {
    this.path = path;
    this.server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(path));
    Thread.ofPlatform().daemon(true).start(() -> accept(List.of(scripts)));
  }

  private void accept(List<Script> scripts) {
    try {
      while (true) {
        var connection = server.accept();
        var script = scripts.get(Math.min(accepted.getAndIncrement(), scripts.size() - 1));
        connections.add(connection);
        Thread.ofPlatform().daemon(true).start(() -> run(script, connection));
      }
    } catch (IOException _) {
      // closed
    }
  }

  private static void run(Script script, SocketChannel connection) {
    try (connection;
        var frames = new FrameChannel(connection)) {
      script.on(frames, connection);
    } catch (IOException _) {
      // closed
    }
  }

  /// Replies to so many calls as a guard does.
  static Script replying(Guard guard, int calls) {
    return (frames, _) -> {
      for (var i = 0; i < calls; i++) {
        try (var call = readCall(frames);
            var none = SecretBytes.ofCapacity(0)) {
          frames.write(new CallHandler(guard).reply(call.message(), call.answer()), none, far());
        }
      }
    };
  }

  static Script replying(Guard guard) {
    return replying(guard, Integer.MAX_VALUE);
  }

  /// Reads one call, says this, and then only waits for the other end to go.
  static Script saying(byte... said) {
    return saying(said, () -> {});
  }

  /// @param then is run once it was said
  static Script saying(byte[] said, Runnable then) {
    return (frames, bytes) -> {
      sayingAndClosing(said).on(frames, bytes);
      then.run();
      frames.read(far());
    };
  }

  /// Reads one call, says this, and closes.
  static Script sayingAndClosing(byte... said) {
    return (frames, bytes) -> {
      readCall(frames).close();
      bytes.write(ByteBuffer.wrap(said));
    };
  }

  /// A whole frame with these bytes as its message.
  static byte[] frame(byte... message) {
    return ByteBuffer.allocate(6 + message.length)
        .putInt(message.length)
        .putShort((short) 0)
        .put(message)
        .array();
  }

  private static Frame readCall(FrameChannel frames) throws IOException {
    var call = frames.read(far());
    if (call == null) {
      throw new IOException("the other end has gone");
    }
    return call;
  }

  private static Deadline far() {
    return Deadline.after(Duration.ofMinutes(4), System::nanoTime);
  }

  /// As a guard that was killed: nothing is said, and every connection ends.
  @Override
  public void close() throws IOException {
    server.close();
    for (var connection : connections) {
      connection.close();
    }
    Files.deleteIfExists(path);
  }
}
