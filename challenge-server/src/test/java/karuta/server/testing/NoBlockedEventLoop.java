package karuta.server.testing;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// Fails a test class in which the server's code held an event loop for longer than Vert.x allows. It is registered for
/// every class.
///
/// Vert.x warns by the clock, and a machine that has too much to do is slow everywhere; so a warning counts when the
/// loop is seen inside the server at that moment and [LoopClock] finds that the machine is not to blame. The failure
/// shows where.
public final class NoBlockedEventLoop implements BeforeAllCallback, AfterAllCallback {
  private static final Queue<String> SEEN = new ConcurrentLinkedQueue<>();
  private static final LoopClock CLOCK = LoopClock.started();
  private static final Handler LISTENER = new Listener(NoBlockedEventLoop::isServer, SEEN::add);

  /// Tells of every loop that Vert.x warns of, if it is held up in such a class.
  static final class Listener extends Handler {
    private static final Pattern AWAY = Pattern.compile("has been blocked for (\\d+) ms");

    private final Predicate<String> classes;
    private final Consumer<String> told;

    Listener(Predicate<String> classes, Consumer<String> told) {
      this.classes = classes;
      this.told = told;
    }

    @Override
    public void publish(LogRecord record) {
      if (String.valueOf(record.getLoggerName()).endsWith("BlockedThreadChecker")) {
        Thread.getAllStackTraces().entrySet().stream()
            .filter(this::isLoopInside)
            .filter(loop -> CLOCK.isHeldUp(loop.getKey(), away(record)))
            .forEach(loop -> told.accept(record.getMessage() + place(loop.getValue())));
      }
    }

    private static Duration away(LogRecord record) {
      var millis = AWAY.matcher(record.getMessage());
      return millis.find()
          ? Duration.ofMillis(Long.parseLong(millis.group(1)))
          : Duration.ofSeconds(2);
    }

    private boolean isLoopInside(Map.Entry<Thread, StackTraceElement[]> thread) {
      return thread.getKey().getName().startsWith(LoopClock.LOOP)
          && Arrays.stream(thread.getValue()).anyMatch(frame -> classes.test(frame.getClassName()));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  private static boolean isServer(String name) {
    return name.startsWith("karuta.server.")
        // which holds up loops of its own
        && !name.startsWith("karuta.server.testing.NoBlockedEventLoopTest");
  }

  private static String place(StackTraceElement[] stack) {
    return "\n  at " + String.join("\n  at ", Arrays.stream(stack).map(Object::toString).toList());
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    var root = Logger.getLogger("");
    root.removeHandler(LISTENER);
    root.addHandler(LISTENER);
  }

  @Override
  public void afterAll(ExtensionContext context) {
    var seen = String.join("\n", SEEN);
    SEEN.clear();
    if (!seen.isEmpty()) {
      throw new AssertionError("an event loop was blocked: " + seen);
    }
  }
}
