package karuta.guard;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import karuta.command.ExitCode;

/// Looks whether a call to the token hangs in its library. Nothing in this process can end such a call, and every other would join it; so
/// the process ends, and its supervisor starts it again. What was not committed is forgotten, and asked for again.
final class HungCalls implements AutoCloseable {
  private static final long EVERY_MS = 500;

  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("karuta-hung-calls").daemon().factory());

  /// @param longest how long the oldest call has been in the library
  /// @param deadline how long one may
  /// @param end ends the process
  HungCalls(Supplier<Duration> longest, Duration deadline, Guarding.End end) {
    var _ =
        timer.scheduleWithFixedDelay(
            () -> {
              var hanging = longest.get();
              if (hanging.compareTo(deadline) >= 0) {
                end.now(
                    ExitCode.HUNG,
                    "a call to the token has been hanging for %d s".formatted(hanging.toSeconds()));
              }
            },
            EVERY_MS,
            EVERY_MS,
            TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
