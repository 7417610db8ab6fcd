package karuta.server.challenge;

import karuta.server.card.CardState;

/// How an answer ended. All five have the same shape, so that a reply looks the same whatever is true.
public sealed interface Outcome {
  /// The card after this answer.
  Standing standing();

  /// Where the card stands once an answer is settled.
  ///
  /// @param attemptsLeft wrong answers that remain before the card locks; 0 when it is locked
  /// @param drawsLeft draws of the book that were never asked
  /// @param renewalDue whether a replacement should be ordered
  record Standing(CardState cardState, int attemptsLeft, int drawsLeft, boolean renewalDue) {}

  /// Right, for exactly this transaction, once.
  ///
  /// @param receipt compact JWS (RFC 7515), ES256
  record Passed(Standing standing, String receipt) implements Outcome {}

  /// Wrong, and counted.
  record Wrong(Standing standing) implements Outcome {}

  /// Too late: not verified, not counted as wrong, counted as a question left unanswered.
  record Expired(Standing standing) implements Outcome {}

  /// The challenge was replaced by another, and the card has been locked since: not verified.
  record Locked(Standing standing) implements Outcome {}

  /// The challenge was replaced, or ended with the card being suspended or over: not verified.
  record Refused(Standing standing) implements Outcome {}
}
