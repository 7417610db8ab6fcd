package karuta.guard.socket;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Objects;
import karuta.guard.client.CallHandler;
import karuta.guard.client.CallHandler.Fault;
import karuta.guard.client.GuardUnavailable;
import karuta.guard.frame.BadFrame;
import karuta.guard.frame.Deadline;
import karuta.guard.frame.Frame;
import karuta.guard.frame.FrameChannel;
import karuta.log.LimitedLog;
import karuta.log.StackSummary;
import karuta.secret.SecretBytes;
import org.jspecify.annotations.Nullable;

/// One caller: reads a call, has it made, writes its reply, and so on. What can go wrong becomes a fault in [#made],
/// once.
///
/// A caller may be idle for ever. A call that has begun is read, and a reply that has begun is written, within a
/// deadline.
final class Connection implements Runnable {
  private static final int REASON_LENGTH = 200;
  private static final String NOT_A_CALL = "not a call that a server makes";

  private final FrameChannel channel;
  private final CallHandler handler;
  private final Duration transfer;
  private final LimitedLog log;
  private boolean last;

  Connection(FrameChannel channel, CallHandler handler, Duration transfer, LimitedLog log) {
    this.channel = channel;
    this.handler = handler;
    this.transfer = transfer;
    this.log = log;
  }

  @Override
  public void run() {
    try (channel) {
      while (!last && channel.awaitFrame()) {
        var reply = next();
        if (reply == null) {
          return;
        }
        say(reply);
      }
    } catch (SocketTimeoutException _) {
      log.line("slow callers", () -> "a caller stays in the middle of a call; it is disconnected");
    } catch (IOException _) {
      // gone; it asks again for what it has not heard
    }
  }

  /// Says that there is no room, and closes.
  void refuse() {
    try (channel) {
      say(CallHandler.fault(Fault.BUSY, "too many connections"));
    } catch (IOException _) {
      // gone
    }
  }

  /// Takes no further call. One that has begun goes on.
  void stop() {
    channel.stop();
  }

  /// Ends at once; a call under way in the guard goes on unheard.
  void close() {
    channel.close();
  }

  /// Reads a call and has it made; its answer is wiped before the reply is written.
  ///
  /// @return null if the caller closed instead
  private byte @Nullable [] next() throws IOException {
    try (var call = channel.read(soon())) {
      return call == null ? null : made(call);
    } catch (BadFrame bad) {
      return invalid(bad);
    }
  }

  private byte[] made(Frame call) {
    try {
      var reply = handler.reply(call.message(), call.answer());
      if (reply.length > Frame.MESSAGE_BYTES) {
        throw new IllegalStateException("a reply is longer than a frame");
      }
      return reply;
    } catch (GuardUnavailable unavailable) {
      return CallHandler.fault(Fault.UNAVAILABLE, reason(unavailable));
    } catch (IllegalArgumentException invalid) {
      return invalid(invalid);
    } catch (RuntimeException | Error failed) {
      log.line("failed calls", () -> "a call failed: " + StackSummary.line(failed));
      return CallHandler.fault(Fault.UNAVAILABLE, "internal");
    }
  }

  private byte[] invalid(Exception why) {
    log.line("invalid calls", () -> NOT_A_CALL + ": " + StackSummary.line(why));
    last = true;
    return CallHandler.fault(Fault.INVALID, NOT_A_CALL);
  }

  private static String reason(GuardUnavailable unavailable) {
    var text = Objects.requireNonNullElse(unavailable.getMessage(), "");
    return text.substring(0, Math.min(text.length(), REASON_LENGTH));
  }

  private void say(byte[] message) throws IOException {
    try (var none = SecretBytes.ofCapacity(0)) {
      channel.write(message, none, soon());
    }
  }

  private Deadline soon() {
    return Deadline.after(transfer, System::nanoTime);
  }
}
