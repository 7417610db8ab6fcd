package karuta.token;

import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/// A clock that begins with what another says and goes on by a counter that nobody sets. For how long something takes:
/// by a machine's own clock a call that hangs would be young again whenever that is set back, and every call would be
/// old when it is set ahead.
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
