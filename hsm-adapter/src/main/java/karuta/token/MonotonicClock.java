package karuta.token;

import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/// A clock that starts from another clock's time and then follows a monotonic counter, for measuring how long something
/// takes. The machine's own clock would not do: when it is set back, a call that hangs would seem new, and when it is
/// set ahead, every call would seem to hang.
public final class MonotonicClock implements InstantSource {
  private final Instant begin;
  private final long since;
  private final LongSupplier nanoClock;

  /// @param other asked once
  /// @param nanoClock as [System#nanoTime]
  public MonotonicClock(InstantSource other, LongSupplier nanoClock) {
    this.begin = other.instant();
    this.since = nanoClock.getAsLong();
    this.nanoClock = nanoClock;
  }

  @Override
  public Instant instant() {
    return begin.plusNanos(nanoClock.getAsLong() - since);
  }
}
