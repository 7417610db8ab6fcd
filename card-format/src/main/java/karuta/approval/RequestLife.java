package karuta.approval;

import java.time.Duration;
import karuta.command.CommandFailed;

/// How long a request may be carried out.
public final class RequestLife {
  /// No request is good for longer.
  public static final Duration LONGEST = Duration.ofDays(7);

  private RequestLife() {}

  /// A life as an option gives it.
  ///
  /// @throws CommandFailed if it is not 1 to 168 hours
  public static Duration ofHours(int hours) {
    if (hours < 1 || hours > LONGEST.toHours()) {
      throw CommandFailed.usage(
          "a request is valid for 1 to %d hours".formatted(LONGEST.toHours()));
    }
    return Duration.ofHours(hours);
  }
}
