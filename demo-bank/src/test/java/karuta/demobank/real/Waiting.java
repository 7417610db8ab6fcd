package karuta.demobank.real;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Waits for what another process does.
final class Waiting {
  private static final long STEP_NANOS = 20_000_000;

  private Waiting() {}

  /// Returns when the condition holds.
  ///
  /// @throws AssertionError if it does not in time
  static void until(String what, long patienceNanos, BooleanSupplier condition) {
    var end = System.nanoTime() + patienceNanos;
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("waited in vain for " + what);
      }
      LockSupport.parkNanos(STEP_NANOS);
    }
  }
}
