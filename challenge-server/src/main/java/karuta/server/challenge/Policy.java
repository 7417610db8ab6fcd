package karuta.server.challenge;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import karuta.card.Profile;

/// The bank's rules, fixed for the life of a server.
///
/// @param wrongLimit wrong answers in a row that lock a card, 1..100 (NIST SP 800-63B section 5.2.2 allows at most 100)
/// @param stepUpAt wrong answers in a card's life from which on it is asked two draws at a time, 1..100. No right
///     answer clears this count: who slips guesses in between the customer's own right answers never has many in a row.
///     Not above `lifeLimit`, where it would never be reached
/// @param lifeLimit wrong answers in a card's life that lock it for good, 1..100
/// @param abandonedLimit questions in a row opened and never answered that suspend a card, 1..1000
/// @param answerWindow how long an answer is taken, 1 s to 1 h
/// @param renewalAt questions left at which a replacement is due; never more than a quarter of the draws of a book
/// @param orderRenewal whether the server orders the replacement by itself when it becomes due
/// @param stepUpOnAlarm whether the bank-wide alarm makes step-up the rule
/// @param watch when the bank-wide alarm is raised
public record Policy(
    int wrongLimit,
    int stepUpAt,
    int lifeLimit,
    int abandonedLimit,
    Duration answerWindow,
    int renewalAt,
    boolean orderRenewal,
    boolean stepUpOnAlarm,
    Watch watch) {
  /// The draws of a question that is a step-up.
  public static final int STEP_UP = 2;

  /// How many different subjects with a wrong answer raise the bank-wide alarm, each 2 or more: a quick guesser shows
  /// within a minute, a slow one within a day.
  ///
  /// @param minute within a minute
  /// @param hour within an hour
  /// @param day within a day
  public record Watch(int minute, int hour, int day) {
    public Watch {
      within("watch.minute", minute, 2, 1_000_000);
      within("watch.hour", hour, 2, 1_000_000);
      within("watch.day", day, 2, 1_000_000);
    }

    /// The windows, the longest first, each with its threshold.
    public SequencedMap<Duration, Integer> windows() {
      var windows = new LinkedHashMap<Duration, Integer>();
      windows.put(Duration.ofDays(1), day);
      windows.put(Duration.ofHours(1), hour);
      windows.put(Duration.ofMinutes(1), minute);
      return windows;
    }
  }

  public Policy {
    within("wrongLimit", wrongLimit, 1, 100);
    within("stepUpAt", stepUpAt, 1, 100);
    within("lifeLimit", lifeLimit, 1, 100);
    if (stepUpAt > lifeLimit) {
      throw new IllegalArgumentException(
          "stepUpAt must not be above lifeLimit: %d, %d".formatted(stepUpAt, lifeLimit));
    }
    within("abandonedLimit", abandonedLimit, 1, 1000);
    within("answerWindow", answerWindow, Duration.ofSeconds(1), Duration.ofHours(1));
    within("renewalAt", renewalAt, 0, 1000);
  }

  /// The default of every rule.
  public static Policy standard() {
    return new Policy(
        5, 10, 30, 10, Duration.ofMinutes(3), 10, true, false, new Watch(20, 100, 500));
  }

  /// How many wrong answers a card may still have before it is locked.
  ///
  /// @param wrong those it had in a row
  /// @param inLife those it had in its life
  public int attemptsLeft(int wrong, int inLife) {
    return Math.max(0, Math.min(wrongLimit - wrong, lifeLimit - inLife));
  }

  /// Whether a card of `profile` with `drawsLeft` should be replaced: few questions are left, or it had so many wrong
  /// answers in its life that it may not last until a replacement has come by mail.
  ///
  /// What is left is counted in questions: where the bank-wide alarm makes step-up the rule, each may take two draws,
  /// and a step-up that the book cannot fill is refused. For the same reason a card with a single draw left is due in
  /// any case: a caller may ask for a step-up.
  public boolean renewalDue(Profile profile, int drawsLeft, int wrongInLife) {
    var questionsLeft = stepUpOnAlarm ? drawsLeft / STEP_UP : drawsLeft;
    return wrongInLife >= stepUpAt
        || drawsLeft < STEP_UP
        || questionsLeft <= Math.min(renewalAt, profile.draws() / 4);
  }

  private static <T extends Comparable<T>> void within(String field, T value, T least, T most) {
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw new IllegalArgumentException(
          "%s must be %s to %s, not %s".formatted(field, least, most, value));
    }
  }
}
