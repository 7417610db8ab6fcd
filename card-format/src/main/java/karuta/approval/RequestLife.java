package karuta.approval;

import java.time.Duration;
import java.time.Instant;
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

  /// Makes sure that a request has not expired, and that it expires no later than one that a command has written:
  /// whoever writes one by hand writes what they like.
  ///
  /// @throws CommandFailed if not
  public static void requireInForce(ApprovalRequest request, Instant now) {
    if (!request.inForce(now)) {
      throw CommandFailed.refused(
          "the request was to be carried out before %s; have another made"
              .formatted(request.expires()));
    }
    if (request.expires().isAfter(now.plus(LONGEST))) {
      throw CommandFailed.refused(
          "the request is good until %s, and none is for more than %d hours; have another made"
              .formatted(request.expires(), LONGEST.toHours()));
    }
  }
}
