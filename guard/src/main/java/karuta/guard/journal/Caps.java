package karuta.guard.journal;

import java.time.Duration;

/// How many failures are judged before officers have to look. They are a floor under the bank's own limits, which a
/// server keeps and whoever owns the server may forget.
///
/// @param sincePass failures of a card since its last pass, 1..100
/// @param inLife failures of a card in its life, 1..100 (NIST SP 800-63B section 3.2.2 allows at most 100)
/// @param minute failures of all cards together within a minute
/// @param hour the same within an hour
/// @param day the same within a day
public record Caps(int sincePass, int inLife, int minute, int hour, int day) {
  private static final int CARD = 100;
  private static final int BANK = 10_000_000;

  public Caps {
    within("since-pass", sincePass, CARD);
    within("in-life", inLife, CARD);
    within("minute", minute, BANK);
    within("hour", hour, BANK);
    within("day", day, BANK);
  }

  /// The default of every cap.
  public static Caps standard() {
    return new Caps(20, 100, 200, 2_000, 20_000);
  }

  /// A window over the failures of all cards together.
  public enum Window {
    MINUTE(Duration.ofMinutes(1)),
    HOUR(Duration.ofHours(1)),
    DAY(Duration.ofDays(1));

    private final Duration length;

    Window(Duration length) {
      this.length = length;
    }

    Duration length() {
      return length;
    }
  }

  int of(Window window) {
    return switch (window) {
      case MINUTE -> minute;
      case HOUR -> hour;
      case DAY -> day;
    };
  }

  private static void within(String field, int value, int most) {
    if (value < 1 || value > most) {
      throw new IllegalArgumentException(
          "%s must be 1 to %d, not %d".formatted(field, most, value));
    }
  }
}
