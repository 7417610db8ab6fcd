package karuta.guard.client;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.LongSupplier;
import karuta.guard.frame.BadFrame;
import karuta.guard.frame.Deadline;
import karuta.guard.frame.Frame;
import karuta.guard.frame.FrameChannel;
import karuta.guard.v1.Call;
import karuta.secret.SecretBytes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A guard at the other end of a Unix domain socket. Every call ends by its deadline, whatever the guard does: silent,
/// slow, half a reply, no reply at all, not there.
///
/// An answer goes into the socket from memory outside the heap, which is wiped before the call returns.
public final class SocketGuard implements Guard, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SocketGuard.class);

  private final Settings settings;
  private final LongSupplier nanoClock;
  private final Connections connections;
  private final AtomicBoolean up = new AtomicBoolean();

  /// How to reach a guard.
  ///
  /// @param path the guard's socket
  /// @param connections how many calls may be under way at once, from 1
  /// @param deadline for a call with all its waits, also the one for a connection
  public record Settings(Path path, int connections, Duration deadline) {
    public Settings {
      if (connections < 1 || !deadline.isPositive()) {
        throw new IllegalArgumentException("a guard needs a connection and time to reply");
      }
    }
  }

  /// Connects at the first call.
  ///
  /// @param nanoClock as [System#nanoTime]
  public SocketGuard(Settings settings, LongSupplier nanoClock) {
    this.settings = settings;
    this.nanoClock = nanoClock;
    this.connections = new Connections(settings.path(), settings.connections());
  }

  @Override
  public Reply judge(Question question) {
    try (var answer = CallMessages.answer(question)) {
      return call(
          CallMessages.of(question),
          answer,
          message -> ReplyMessages.outcome(message, question.challenge()));
    }
  }

  @Override
  public Reply recall(Recall recall) {
    return call(
        CallMessages.of(recall), message -> ReplyMessages.outcome(message, recall.challenge()));
  }

  @Override
  public String seal(SealFields fields) {
    return call(CallMessages.of(fields), ReplyMessages::seal);
  }

  @Override
  public Standing look(List<ChainHead> known) {
    return call(CallMessages.of(known), ReplyMessages::standing);
  }

  /// False after a call that found no guard or no reply, and before the first; true after one that succeeded. A fault
  /// changes nothing: the guard is there, and [#look] tells how it stands.
  @Override
  public boolean up() {
    return up.get();
  }

  private <T> T call(Call call, Function<byte[], T> reading) {
    try (var none = SecretBytes.ofCapacity(0)) {
      return call(call, none, reading);
    }
  }

  /// @param reading throws [IllegalArgumentException] if the reply is not one to this call
  private <T> T call(Call call, SecretBytes answer, Function<byte[], T> reading) {
    var deadline = Deadline.after(settings.deadline(), nanoClock);
    var message = call.toByteArray();
    if (message.length > Frame.MESSAGE_BYTES) {
      throw new IllegalArgumentException("the call is longer than a guard reads");
    }
    try {
      var result =
          connections.use(
              deadline,
              connection -> {
                try (var reply = exchange(connection, message, answer, deadline)) {
                  if (reply.answer().length() > 0) {
                    throw new IllegalArgumentException("a reply has no answer");
                  }
                  return reading.apply(reply.message());
                }
              });
      believe(true, "it replies");
      return result;
    } catch (SocketTimeoutException late) {
      throw lost("the guard did not reply in time", late);
    } catch (InterruptedIOException interrupted) {
      throw new GuardUnavailable("interrupted", interrupted);
    } catch (IllegalArgumentException | BadFrame | EOFException garbage) {
      throw lost("what the guard sent is no reply", garbage);
    } catch (ConnectionLost lost) {
      throw lost("the guard closed the connection without a reply", lost);
    } catch (IOException absent) {
      throw lost("no guard answers on its socket", absent);
    }
  }

  private static Frame exchange(
      FrameChannel connection, byte[] message, SecretBytes answer, Deadline deadline)
      throws IOException {
    try {
      connection.write(message, answer, deadline);
    } catch (InterruptedIOException late) {
      throw late;
    } catch (IOException _) {
      // closed; a guard that refuses a connection says why before it closes it
    }
    try {
      var reply = connection.read(deadline);
      if (reply == null) {
        throw new ConnectionLost(null);
      }
      return reply;
    } catch (InterruptedIOException | BadFrame | EOFException | ConnectionLost failed) {
      throw failed;
    } catch (IOException failed) {
      throw new ConnectionLost(failed);
    }
  }

  private GuardUnavailable lost(String reason, Exception cause) {
    believe(false, reason);
    return new GuardUnavailable(reason, cause);
  }

  private void believe(boolean now, String why) {
    if (up.getAndSet(now) != now) {
      LOG.warn("the guard is {}: {}", now ? "there" : "away", why);
    }
  }

  /// Closes the connections. A call under way goes on to its end; a later one fails.
  @Override
  public void close() {
    connections.close();
  }
}
