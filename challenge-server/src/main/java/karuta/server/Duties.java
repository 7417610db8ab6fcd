package karuta.server;

import karuta.guard.client.Guard;
import karuta.server.health.Readiness;
import karuta.server.lane.Chore;
import karuta.server.lane.Lane;
import karuta.server.metrics.Meters;
import karuta.server.seal.Seals;
import karuta.server.watch.Observer.Event;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The server's periodic work: checks store and guard, reconnects to what was lost, ends questions whose time is over,
/// seals the audit.
///
/// @param token for what asks the guard
/// @param store for everything else
record Duties(Core core, Guard guard, Readiness readiness, Meters meters, Lane token, Lane store) {
  private static final Logger LOG = LoggerFactory.getLogger(Duties.class);
  private static final long PROBE_EVERY_MS = 10_000;
  private static final long FIND_EVERY_MS = 1_000;
  private static final long SWEEP_EVERY_MS = 2_000;
  private static final int SWEEP_AT_MOST = 200;
  private static final long SEAL_FIRST_MS = 30_000;

  /// Has a task run again and again, first and then after each span, both in milliseconds.
  @FunctionalInterface
  interface Timers {
    void every(long first, long span, Runnable task);
  }

  /// Begins. The duties end with their timers.
  void begin(Timers timers) {
    timers.every(0, PROBE_EVERY_MS, this::probe);
    timers.every(FIND_EVERY_MS, FIND_EVERY_MS, this::find);
    var sweep =
        new Chore(
            store,
            "challenges whose time is over were not settled, and the watch did not look",
            () -> core.challenges().sweep(SWEEP_AT_MOST),
            meters::failed,
            () -> meters.saw(Event.WATCH_FAILED));
    timers.every(SWEEP_EVERY_MS, SWEEP_EVERY_MS, sweep::tick);
    var close =
        new Chore(
            token,
            "challenges that have ended were not closed",
            () -> core.challenges().close(SWEEP_AT_MOST),
            meters::failed,
            () -> {});
    timers.every(SWEEP_EVERY_MS, SWEEP_EVERY_MS, close::tick);
    var seal = new Chore(token, "the audit was not sealed", this::seal, meters::failed, () -> {});
    timers.every(SEAL_FIRST_MS, Seals.EVERY.toMillis(), seal::tick);
  }

  /// The line in the log is the copy of the seal's digest outside the store.
  private void seal() {
    for (var seal = core.seals().sealNext(); seal.isPresent(); seal = core.seals().sealNext()) {
      var added = seal.get();
      LOG.info("audit sealed: {}:{}, {} rows", added.number(), added.digest(), added.rows());
    }
  }

  private void probe() {
    var _ = readiness.ask();
  }

  /// Answers are refused while the guard is lost, so they do not look whether that is over: this does.
  private void find() {
    if (!guard.up()) {
      probe();
    }
  }
}
