package karuta.guard.socket;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.LockSupport;
import karuta.command.CommandFailed;
import karuta.command.ExitCode;
import karuta.guard.client.CallHandler;
import karuta.guard.client.Guard;
import karuta.guard.frame.Deadline;
import karuta.guard.frame.FrameChannel;
import karuta.log.LimitedLog;
import karuta.log.StackSummary;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lets processes of certain users call a guard on a Unix domain socket.
///
/// Who connects is asked of the kernel. Each connection has a thread of its own, because a call blocks in the token's
/// library and in the journal; so there are never more than a set number of them, and one beyond is told so and closed.
public final class GuardSocket implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(GuardSocket.class);
  private static final long PAUSE_NANOS = Duration.ofMillis(100).toNanos();

  private final Settings settings;
  private final PeerUser peerUser;
  private final LimitedLog log;
  private final ServerSocketChannel server;
  private final SocketFile file;
  private final Set<String> peers;
  private final CallHandler handler;
  private final ThreadFactory threads =
      Thread.ofPlatform().name("karuta-guard-call-", 0).daemon(true).factory();
  private final Map<Connection, Thread> open = new ConcurrentHashMap<>();
  private final Thread accepting;

  /// Where to listen, and to whom.
  ///
  /// @param path of the socket, in a directory that only its owner and group may enter
  /// @param peers users that may connect; none for the guard's own alone
  /// @param connections how many at once: some more than all callers keep, who replace one before its end is seen here
  /// @param transfer for a call that has begun to be here, and for a reply to be gone
  /// @param drain how long [GuardSocket#close] lets calls go on
  public record Settings(
      Path path, Set<String> peers, int connections, Duration transfer, Duration drain) {
    private static final Duration TRANSFER = Duration.ofSeconds(5);
    private static final Duration DRAIN = Duration.ofSeconds(10);

    public Settings {
      peers = Set.copyOf(peers);
      if (connections < 1 || !transfer.isPositive() || drain.isNegative()) {
        throw new IllegalArgumentException("a socket needs a connection and time for a call");
      }
    }

    /// With the usual times.
    public Settings(Path path, Set<String> peers, int connections) {
      this(path, peers, connections, TRANSFER, DRAIN);
    }
  }

  private GuardSocket(
      Settings settings, Guard guard, PeerUser peerUser, LimitedLog log, ServerSocketChannel server)
      throws IOException {
    this.settings = settings;
    this.peerUser = peerUser;
    this.log = log;
    this.server = server;
    this.handler = new CallHandler(guard);
    this.file = SocketFile.bind(server, settings.path());
    this.peers = settings.peers().isEmpty() ? Set.of(file.owner()) : settings.peers();
    this.accepting =
        Thread.ofPlatform().name("karuta-guard-socket").daemon(true).unstarted(this::accept);
  }

  /// Listens, and has calls made from now on.
  ///
  /// @throws CommandFailed if it cannot; the message says what to do
  public static GuardSocket listen(Settings settings, Guard guard) {
    return listen(
        settings, guard, PeerUser.OF_THE_KERNEL, new LimitedLog(LOG::warn, System::nanoTime));
  }

  static GuardSocket listen(Settings settings, Guard guard, PeerUser peerUser, LimitedLog log) {
    try {
      var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
      try {
        var socket = new GuardSocket(settings, guard, peerUser, log, server);
        socket.accepting.start();
        return socket;
      } catch (IOException | RuntimeException failed) {
        server.close();
        throw failed;
      }
    } catch (IOException failed) {
      throw new CommandFailed(
          ExitCode.USAGE,
          "cannot listen on '%s': %s".formatted(settings.path(), failed.getMessage()),
          failed);
    }
  }

  /// Where it listens.
  public Path path() {
    return settings.path();
  }

  private void accept() {
    while (server.isOpen()) {
      try {
        admit(server.accept());
      } catch (ClosedChannelException _) {
        return;
      } catch (IOException | RuntimeException | Error failed) {
        // no descriptor or no thread is left: the next may find one
        log.line("connections", () -> "no connection is taken: " + StackSummary.line(failed));
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
  }

  private void admit(SocketChannel channel) throws IOException {
    log.flush();
    var taken = false;
    try {
      var user = peerUser.of(channel);
      if (!peers.contains(user)) {
        log.line("peers", () -> "a process of user '%s' may not call the guard".formatted(user));
        return;
      }
      var connection = new Connection(new FrameChannel(channel), handler, settings.transfer(), log);
      if (open.size() >= settings.connections()) {
        log.line("connections", () -> "more connections than %d".formatted(settings.connections()));
        connection.refuse();
        return;
      }
      serve(connection);
      taken = true;
    } finally {
      if (!taken) {
        channel.close();
      }
    }
  }

  private void serve(Connection connection) {
    var thread =
        threads.newThread(
            () -> {
              try {
                connection.run();
              } finally {
                open.remove(connection);
              }
            });
    open.put(connection, thread);
    try {
      thread.start();
    } catch (Error noThread) {
      open.remove(connection);
      connection.close();
      throw noThread;
    }
  }

  /// Takes no further connection or call, lets calls under way end, for a time, and closes. The file goes first: who
  /// looks for the guard finds none, or the next.
  @Override
  public void close() {
    var deadline = Deadline.after(settings.drain(), System::nanoTime);
    try {
      file.remove();
      server.close();
    } catch (IOException failed) {
      log.line("close", () -> "the socket's file is left: " + StackSummary.line(failed));
    }
    await(accepting, deadline);
    open.keySet().forEach(Connection::stop);
    open.values().forEach(thread -> await(thread, deadline));
    open.keySet().forEach(Connection::close);
    log.flush();
  }

  private static void await(Thread thread, Deadline deadline) {
    try {
      thread.join(Duration.ofNanos(Math.max(0, deadline.leftNanos())));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
