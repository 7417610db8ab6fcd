package karuta.guard.testing;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/// A clock that moves when it is told to.
public final class TestTime implements InstantSource {
  private volatile Instant now = Instant.parse("2026-01-05T09:00:00Z");

  /// Run once, when the time is asked for next: a test's way into the middle of a call.
  public final AtomicReference<Runnable> whenAsked = new AtomicReference<>(() -> {});

  @Override
  public Instant instant() {
    whenAsked.getAndSet(() -> {}).run();
    return now;
  }

  public synchronized void pass(Duration time) {
    now = now.plus(time);
  }
}
