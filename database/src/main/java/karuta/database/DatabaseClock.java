package karuta.database;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

/// The database's clock, read by every check and carried on in between by this machine's monotonic counter, which
/// nobody sets; so no transaction needs a round trip for it.
///
/// A reading is off by no more than half the time it took (F. Cristian, "Probabilistic clock synchronization", 1989),
/// and by the counter's drift since. Of two readings that agree the more exact one counts. The database is asked at
/// once, and without its answer there is no time, when a reading is older than [#OLDEST], and when the machine's clock
/// has gone another way than the counter since: a machine that was asleep has a counter that stood still.
final class DatabaseClock implements TimeOfRecord {
  /// How long a reading counts.
  static final Duration OLDEST = Duration.ofMinutes(1);

  /// By how much clock and counter of one machine may part.
  private static final Duration APART = Duration.ofSeconds(1);

  /// The counter is off by less than one part in this many: 200 parts per million.
  private static final long DRIFT = 5_000;

  private final Source source;
  private final InstantSource machine;
  private final LongSupplier nanoClock;
  private final AtomicReference<Known> last;

  /// Reads another clock.
  interface Source {
    /// Blocks until it is read.
    Reading read(LongSupplier nanoClock);
  }

  /// A clock as it was read.
  ///
  /// @param at what it showed
  /// @param nanos the counter at that moment, as far as can be known
  /// @param error by how many nanoseconds that may be wrong
  record Reading(Instant at, long nanos, long error) {
    /// What was read between two values of the counter.
    static Reading between(long began, Instant at, long ended) {
      var half = (ended - began) / 2;
      return new Reading(at, began + half, half);
    }

    Instant at(long now) {
      return at.plusNanos(now - nanos);
    }

    long error(long now) {
      return error + (now - nanos) / DRIFT;
    }

    /// Whether both can be right.
    boolean agrees(Reading later) {
      var between = Duration.between(at(later.nanos), later.at).abs();
      return between.compareTo(Duration.ofNanos(error(later.nanos) + later.error)) <= 0;
    }
  }

  /// A reading, and what the machine's clock showed then.
  private record Known(Reading reading, Instant machine) {
    boolean counts(long now, Instant machineNow) {
      var age = Duration.ofNanos(now - reading.nanos);
      var apart = Duration.between(machine, machineNow).minus(age).abs();
      return age.compareTo(OLDEST) <= 0 && apart.compareTo(APART) <= 0;
    }
  }

  DatabaseClock(Source source, InstantSource machine, LongSupplier nanoClock) {
    this.source = source;
    this.machine = machine;
    this.nanoClock = nanoClock;
    this.last = new AtomicReference<>(known());
  }

  @Override
  public Instant instant() {
    var known = last.get();
    if (!known.counts(nanoClock.getAsLong(), machine.instant())) {
      read();
      known = last.get();
    }
    return known.reading().at(nanoClock.getAsLong()).truncatedTo(ChronoUnit.MILLIS);
  }

  @Override
  public Duration read() {
    var next = known();
    var kept = last.updateAndGet(before -> better(before, next));
    return Duration.between(kept.reading().at(nanoClock.getAsLong()), machine.instant());
  }

  private Known known() {
    return new Known(source.read(nanoClock), machine.instant());
  }

  private static Known better(Known before, Known next) {
    var now = next.reading().nanos();
    return before.counts(now, next.machine())
            && before.reading().error(now) < next.reading().error()
            && before.reading().agrees(next.reading())
        ? before
        : next;
  }
}
