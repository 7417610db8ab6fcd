package karuta.client;

import java.time.Duration;

/// How often a call is made until it is given up, and how long it rests between.
///
/// @param attempts at least 1, which is: once
/// @param first rest after the first attempt; it doubles, and a random part of it is taken off, so that many callers do
///     not come back at the same moment
/// @param longest rest
public record Retry(int attempts, Duration first, Duration longest) {
  /// Calls are made once.
  public static final Retry NEVER = new Retry(1, Duration.ofMillis(1), Duration.ofMillis(1));

  /// Four attempts with rests of 100 ms to 2 s.
  public static final Retry USUAL = new Retry(4, Duration.ofMillis(100), Duration.ofSeconds(2));

  public Retry {
    if (attempts < 1 || !first.isPositive() || longest.compareTo(first) < 0) {
      throw new IllegalArgumentException("a call is made at least once, and rests are positive");
    }
  }

  /// How long to rest after attempt `attempt` (1, 2, ...), in milliseconds.
  ///
  /// @param random 0 to 1
  long restMillis(int attempt, double random) {
    var doubled = first.toMillis() << Math.min(attempt - 1, 20);
    var rest = Math.min(doubled, longest.toMillis());
    return Math.max(1, Math.round(rest * (1 - random / 2)));
  }
}
