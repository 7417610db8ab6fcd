package karuta.server.lane;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import karuta.log.LimitedLog;
import karuta.log.StackSummary;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Work the server does by itself, a timer's tick at a time, on a lane.
///
/// Never twice at once: a store that hangs would soon have the same chore on every thread of the lane, and none left
/// for callers.
public final class Chore {
  private static final Logger LOG = LoggerFactory.getLogger(Chore.class);

  private final Lane lane;
  private final String failed;
  private final Runnable work;
  private final Consumer<Throwable> told;
  private final Runnable skipped;
  private final LimitedLog full = new LimitedLog(LOG::warn, System::nanoTime);
  private final AtomicBoolean working = new AtomicBoolean();

  /// Work to be done at every tick.
  ///
  /// @param failed what to log when it fails, for example `challenges were not settled`
  /// @param told what it failed by, for who counts failures
  /// @param skipped run when the lane is full, for who counts that
  public Chore(
      Lane lane, String failed, Runnable work, Consumer<Throwable> told, Runnable skipped) {
    this.lane = lane;
    this.failed = failed;
    this.work = work;
    this.told = told;
    this.skipped = skipped;
  }

  /// Never blocks. What is not done now is done at a later tick.
  public void tick() {
    if (working.compareAndSet(false, true) && !lane.offer(this::work)) {
      working.set(false);
      full.line(failed, () -> "%s: the lane %s is full".formatted(failed, lane.name()));
      skipped.run();
    }
  }

  private void work() {
    try {
      work.run();
    } catch (RuntimeException failure) {
      LOG.warn("{}: {}", failed, StackSummary.line(failure));
      told.accept(failure);
    } finally {
      working.set(false);
    }
  }
}
