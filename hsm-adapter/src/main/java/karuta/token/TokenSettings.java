package karuta.token;

import java.time.Duration;

/// How a token is used.
///
/// @param sessions most sessions in use at once; the token's own limit may lower it
/// @param deadline longest wait for a session, for other calls to end, or for a recovery in flight
/// @param firstBackoff pause after the first failed recovery; it doubles, with jitter
/// @param longestBackoff longest pause between two recoveries
public record TokenSettings(
    int sessions, Duration deadline, Duration firstBackoff, Duration longestBackoff) {
  public TokenSettings {
    if (sessions < 1
        || !deadline.isPositive()
        || !firstBackoff.isPositive()
        || longestBackoff.compareTo(firstBackoff) < 0) {
      throw new IllegalArgumentException("sessions, deadline and backoffs are positive");
    }
  }

  /// Eight sessions, five seconds, and pauses from a quarter of a second to 4 seconds: a try costs little, and what is
  /// left of a pause when the token is back is time without answers.
  public static TokenSettings defaults() {
    return new TokenSettings(
        8, Duration.ofSeconds(5), Duration.ofMillis(250), Duration.ofSeconds(4));
  }
}
