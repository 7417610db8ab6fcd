package karuta.demo.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Waits for what another process does.
public final class Waiting {
  /// Longer than anything takes on a machine with ten times the work it can do.
  static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final Duration STEP = Duration.ofMillis(1);

  private Waiting() {}

  /// What is waited for; it may have to be read from a file.
  @FunctionalInterface
  public interface Condition {
    /// Whether it is so now.
    boolean holds() throws IOException;
  }

  /// Returns when the condition holds.
  ///
  /// @throws IllegalStateException if it does not in time
  public static void until(String what, Condition condition) {
    until(what, condition, () -> true);
  }

  /// Returns when the condition holds, which somebody else must bring about.
  ///
  /// @param alive whether they still can; what they did before they ended counts
  /// @throws IllegalStateException if it does not in time, or never will
  public static void until(String what, Condition condition, BooleanSupplier alive) {
    var end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      var possible = alive.getAsBoolean();
      if (holds(condition)) {
        return;
      }
      if (!possible) {
        throw new IllegalStateException("whoever should bring it about has ended: " + what);
      }
      if (System.nanoTime() > end) {
        throw new IllegalStateException("waited in vain for " + what);
      }
      LockSupport.parkNanos(STEP.toNanos());
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
