package karuta.server.challenge;

import java.time.Duration;
import karuta.card.Profile;

/// The bank's rules, fixed for the life of a server.
///
/// @param wrongLimit wrong answers in a row that lock a card, 1..100 (NIST SP 800-63B section 5.2.2 allows at most 100)
/// @param abandonedLimit questions in a row opened and never answered that suspend a card, 1..1000
/// @param answerWindow how long an answer is taken, 1 s to 1 h
/// @param renewalAt draws left at which a replacement is due; never more than a quarter of the book
/// @param orderRenewal whether the server orders the replacement by itself when it becomes due
/// @param stepUpOnAlarm whether the bank-wide alarm makes step-up the rule
/// @param watch when the bank-wide alarm is raised
public record Policy(
    int wrongLimit,
    int abandonedLimit,
    Duration answerWindow,
    int renewalAt,
    boolean orderRenewal,
    boolean stepUpOnAlarm,
    Watch watch) {
  /// Wrong answers of how many different subjects, within which window, raise the bank-wide alarm.
  ///
  /// @param window how far back it looks, 1 min to 1 day
  /// @param subjects different subjects with a wrong answer in the window, 2 or more
  public record Watch(Duration window, int subjects) {
    public Watch {
      within("watch.window", window, Duration.ofMinutes(1), Duration.ofDays(1));
      within("watch.subjects", subjects, 2, 1_000_000);
    }
  }

  public Policy {
    within("wrongLimit", wrongLimit, 1, 100);
    within("abandonedLimit", abandonedLimit, 1, 1000);
    within("answerWindow", answerWindow, Duration.ofSeconds(1), Duration.ofHours(1));
    within("renewalAt", renewalAt, 0, 1000);
  }

  /// The default of every rule.
  public static Policy standard() {
    return new Policy(
        5, 10, Duration.ofMinutes(3), 10, true, false, new Watch(Duration.ofMinutes(10), 50));
  }

  /// Whether a card of `profile` with `drawsLeft` should be replaced.
  public boolean renewalDue(Profile profile, int drawsLeft) {
    return drawsLeft <= Math.min(renewalAt, profile.draws() / 4);
  }

  private static <T extends Comparable<T>> void within(String field, T value, T least, T most) {
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw new IllegalArgumentException(
          "%s must be %s to %s, not %s".formatted(field, least, most, value));
    }
  }
}
