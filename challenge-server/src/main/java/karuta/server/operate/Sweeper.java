package karuta.server.operate;

import java.util.concurrent.atomic.AtomicBoolean;
import karuta.server.challenge.Challenges;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Settles challenges whose time is over, a timer's tick at a time, on the lane of the store.
///
/// Never two at once: a store that hangs would soon have a sweeper on every thread of its lane, and none left for callers.
final class Sweeper {
  private static final Logger LOG = LoggerFactory.getLogger(Sweeper.class);
  private static final int AT_MOST = 200;

  private final Lane lane;
  private final Challenges challenges;
  private final AtomicBoolean sweeping = new AtomicBoolean();

  Sweeper(Lane lane, Challenges challenges) {
    this.lane = lane;
    this.challenges = challenges;
  }

  /// Never blocks. What is not done now is done at a later tick.
  void tick() {
    if (sweeping.compareAndSet(false, true) && !lane.offer(this::sweep)) {
      sweeping.set(false);
    }
  }

  private void sweep() {
    try {
      challenges.sweep(AT_MOST);
    } catch (RuntimeException failure) {
      LOG.warn("challenges whose time is over were not settled: {}", Traces.line(failure));
    } finally {
      sweeping.set(false);
    }
  }
}
