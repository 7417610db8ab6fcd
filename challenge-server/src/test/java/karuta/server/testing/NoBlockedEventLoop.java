package karuta.server.testing;

import java.util.Arrays;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// Fails a test class in which the server's code held an event loop for longer than Vert.x allows. It is registered for
/// every class.
///
/// Vert.x warns by the clock, and a machine that has too much to do is slow everywhere; so a warning counts when the loop
/// is seen inside the server at that moment, and the failure shows where.
public final class NoBlockedEventLoop implements BeforeAllCallback, AfterAllCallback {
  private static final Queue<String> SEEN = new ConcurrentLinkedQueue<>();
  private static final Handler LISTENER =
      new Handler() {
        @Override
        public void publish(LogRecord record) {
          if (String.valueOf(record.getLoggerName()).endsWith("BlockedThreadChecker")) {
            Thread.getAllStackTraces().entrySet().stream()
                .filter(NoBlockedEventLoop::isLoopInsideTheServer)
                .forEach(loop -> SEEN.add(record.getMessage() + place(loop.getValue())));
          }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  private static boolean isLoopInsideTheServer(Map.Entry<Thread, StackTraceElement[]> thread) {
    return thread.getKey().getName().startsWith("vert.x-eventloop")
        && Arrays.stream(thread.getValue())
            .anyMatch(frame -> frame.getClassName().startsWith("karuta.server."));
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
