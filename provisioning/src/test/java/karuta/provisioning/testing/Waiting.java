package karuta.provisioning.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Waits for what another process does.
public final class Waiting {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(120);
  private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private Waiting() {}

  /// What is waited for; it may have to be read from a file.
  @FunctionalInterface
  public interface Condition {
    boolean holds() throws IOException;
  }

  /// Returns when the condition holds.
  ///
  /// @throws AssertionError if it does not in time
  public static void until(String what, Condition condition) {
    until(what, condition, () -> true);
  }

  /// Returns when the condition holds, which somebody else must bring about.
  ///
  /// @param alive whether they still can; what they did before they ended counts
  /// @throws AssertionError if it does not in time, or never will
  public static void until(String what, Condition condition, BooleanSupplier alive) {
    var end = System.nanoTime() + PATIENCE_NANOS;
    while (true) {
      var possible = alive.getAsBoolean();
      if (holds(condition)) {
        return;
      }
      if (!possible) {
        throw new AssertionError("whoever should bring it about has ended: " + what);
      }
      if (System.nanoTime() > end) {
        throw new AssertionError("waited in vain for " + what);
      }
      LockSupport.parkNanos(STEP_NANOS);
    }
  }

  private static boolean holds(Condition condition) {
    try {
      return condition.holds();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
