package karuta.guard.frame;

import java.time.Duration;
import java.util.function.LongSupplier;

/// When a wait ends. One deadline goes through all the waits of a call, so that their sum has an end, however many
/// there are.
public final class Deadline {
  private static final long NANOS_A_MILLI = 1_000_000;

  private final LongSupplier nanoClock;
  private final long end;

  private Deadline(LongSupplier nanoClock, long end) {
    this.nanoClock = nanoClock;
    this.end = end;
  }

  /// So much later than now.
  ///
  /// @param nanoClock as [System#nanoTime]
  public static Deadline after(Duration time, LongSupplier nanoClock) {
    return new Deadline(nanoClock, nanoClock.getAsLong() + time.toNanos());
  }

  /// What is left, in nanoseconds; nothing or less once it has passed.
  public long leftNanos() {
    return end - nanoClock.getAsLong();
  }

  /// What is left, in milliseconds: 0 once it has passed, and at least 1 before.
  long leftMillis() {
    return Math.max(0, Math.ceilDiv(leftNanos(), NANOS_A_MILLI));
  }
}
