package karuta.log;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// A log whose length others decide, with a limit: so many lines for each source in each span of time. What is left out
/// is counted, and the count is a line.
///
/// A source is a name from the configuration and a kind of refusal, or a constant of the code, never something a caller
/// chose: there are few of them, and none hides another.
public final class LimitedLog {
  private static final int LINES = 20;
  private static final long SPAN_NANOS = Duration.ofSeconds(10).toNanos();

  private final Consumer<String> log;
  private final LongSupplier nanoClock;
  private final Map<String, Span> spans = new ConcurrentHashMap<>();

  /// A log in front of another.
  ///
  /// @param nanoClock as {@link System#nanoTime}
  public LimitedLog(Consumer<String> log, LongSupplier nanoClock) {
    this.log = log;
    this.nanoClock = nanoClock;
  }

  /// Logs a line, or counts it.
  ///
  /// @param source who has caused what, for example a client of the configuration and an error code
  public void line(String source, Supplier<String> text) {
    var span = spans.computeIfAbsent(source, _ -> new Span(nanoClock.getAsLong()));
    if (span.admits(source)) {
      log.accept(text.get());
    }
  }

  /// Says how many lines were left out in the spans that are over. To be called from time to time, because a source may
  /// fall silent.
  public void flush() {
    spans.forEach((source, span) -> span.renew(source));
  }

  private final class Span {
    private long began;
    private long lines;

    Span(long began) {
      this.began = began;
    }

    synchronized boolean admits(String source) {
      renew(source);
      lines++;
      return lines <= LINES;
    }

    synchronized void renew(String source) {
      var now = nanoClock.getAsLong();
      if (now - began < SPAN_NANOS) {
        return;
      }
      if (lines > LINES) {
        log.accept(
            "%d more lines like these about %s are left out".formatted(lines - LINES, source));
      }
      began = now;
      lines = 0;
    }
  }
}
