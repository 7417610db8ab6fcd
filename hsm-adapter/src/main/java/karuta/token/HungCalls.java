package karuta.token;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Looks whether a call to the token hangs in its library. Nothing in this process can end such a call, and every other
/// would join it; so the process ends, and its supervisor starts it again. What was not committed is forgotten, and
/// asked for again.
///
/// Opening the token and closing it are many calls, most of them before or after there is a token to ask: each is
/// watched as a whole.
public final class HungCalls implements AutoCloseable {
  private static final long EVERY_MS = 500;

  /// How many times as long as one call opening or closing the token may take.
  private static final int MANY = 5;

  private final Duration deadline;
  private final Consumer<String> end;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("karuta-hung-calls").daemon().factory());
  private volatile Supplier<Duration> longest = () -> Duration.ZERO;
  private volatile Optional<Whole> whole = Optional.empty();

  /// What is being done as a whole.
  private record Whole(String name, long since) {
    Duration taken() {
      return Duration.ofNanos(System.nanoTime() - since);
    }
  }

  /// @param deadline how long a call may be in the library
  /// @param end ends the process; told why, for the log
  public HungCalls(Duration deadline, Consumer<String> end) {
    this.deadline = deadline;
    this.end = end;
    var _ = timer.scheduleWithFixedDelay(this::look, EVERY_MS, EVERY_MS, TimeUnit.MILLISECONDS);
  }

  /// Watches single calls from now on.
  ///
  /// @param oldest how long the oldest call has been in the library
  public void watch(Supplier<Duration> oldest) {
    longest = oldest;
  }

  /// Does it, and watches meanwhile.
  ///
  /// @param name for the log
  public <T> T whole(String name, Supplier<T> work) {
    whole = Optional.of(new Whole(name, System.nanoTime()));
    try {
      return work.get();
    } finally {
      whole = Optional.empty();
    }
  }

  private void look() {
    var hanging = longest.get();
    if (hanging.compareTo(deadline) >= 0) {
      end("a call to the token has been hanging for", hanging);
    }
    whole
        .filter(doing -> doing.taken().compareTo(deadline.multipliedBy(MANY)) >= 0)
        .ifPresent(doing -> end(doing.name() + " the token has taken", doing.taken()));
  }

  private void end(String what, Duration taken) {
    end.accept("%s %d s".formatted(what, taken.toSeconds()));
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
