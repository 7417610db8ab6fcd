package karuta.token;

import java.time.Duration;

/// What a token is doing, for health pages and metrics.
///
/// @param state see [State]
/// @param reason why it is not UP, in one line without secrets; empty when UP
/// @param epoch how often handles may have died since the module was opened
/// @param recoveries how often the token was found again after a loss
/// @param sessionsInUse leases now held
/// @param longestCall age of the oldest call still in the token; a stuck native call shows here and nowhere else
public record Health(
    State state,
    String reason,
    long epoch,
    long recoveries,
    int sessionsInUse,
    Duration longestCall) {
  /// Whether calls can succeed.
  public enum State {
    /// Calls go through.
    UP,
    /// Lost; the next call after the backoff tries to find it again.
    LOST,
    /// The PIN was refused; only a human and a new [Token] help.
    LATCHED,
    /// Closed by its owner.
    CLOSED
  }
}
