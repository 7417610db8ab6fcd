package karuta.token;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/// When a lost token may be tried again: pauses double from the first to the longest, each shortened at random by up to
/// half so that many servers do not knock together. Used under the recovery's lock.
final class Backoff {
  private final Duration first;
  private final Duration longest;
  private final InstantSource clock;
  private final RandomGenerator jitter;
  private Duration pause;
  private volatile Instant until = Instant.MIN;

  Backoff(Duration first, Duration longest, InstantSource clock, RandomGenerator jitter) {
    this.first = first;
    this.longest = longest;
    this.clock = clock;
    this.jitter = jitter;
    this.pause = first;
  }

  boolean ready() {
    return !clock.instant().isBefore(until);
  }

  void failed() {
    var nanos = pause.toNanos();
    until = clock.instant().plusNanos(nanos / 2 + jitter.nextLong(nanos / 2 + 1));
    var doubled = pause.multipliedBy(2);
    pause = doubled.compareTo(longest) > 0 ? longest : doubled;
  }

  void succeeded() {
    pause = first;
    until = Instant.MIN;
  }
}
