package karuta.server.challenge;

/// Where a challenge stands. Only OPEN changes, and only once.
public enum ChallengeState {
  /// Waits for its answer.
  OPEN,
  /// Answered right.
  PASSED,
  /// Answered wrong; the next challenge asks the same cells.
  FAILED,
  /// Not answered in time.
  EXPIRED,
  /// Replaced by a challenge for another transaction, or ended by a change of the card's state.
  ABANDONED
}
