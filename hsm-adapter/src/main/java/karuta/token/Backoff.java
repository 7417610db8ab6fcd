package karuta.token;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/// When a module may be restarted again: pauses double from the first to the longest, each shortened at random by up to
/// half so that many servers do not try at the same moment. A restart that helped ends the pauses: they are for a token
/// that is away, and must not outlive its absence.
///
/// After a restart that helped the first pause still passes before the next. Otherwise a token that works and breaks in
/// turns would be restarted at every call, and each restart takes it from everybody else. Used under the recovery's
/// lock.
final class Backoff {
  private final Duration first;
  private final Duration longest;
  private final InstantSource clock;
  private final RandomGenerator jitter;
  private Duration pause;
  private Instant last = Instant.EPOCH;
  private Instant until = Instant.EPOCH;

  Backoff(Duration first, Duration longest, InstantSource clock, RandomGenerator jitter) {
    this.first = first;
    this.longest = longest;
    this.clock = clock;
    this.jitter = jitter;
    this.pause = first;
  }

  /// A clock that was set back ends the pause: it could last as long as the clock was wrong.
  boolean ready() {
    var now = clock.instant();
    return !now.isBefore(until) || now.isBefore(last);
  }

  /// To be called when a restart has helped.
  void helped() {
    pause = first;
    until = last.plus(first);
  }

  /// To be called at each restart.
  void begin() {
    var now = clock.instant();
    var nanos = pause.toNanos();
    last = now;
    until = now.plusNanos(nanos / 2 + jitter.nextLong(nanos / 2 + 1));
    var doubled = pause.multipliedBy(2);
    pause = doubled.compareTo(longest) > 0 ? longest : doubled;
  }
}
