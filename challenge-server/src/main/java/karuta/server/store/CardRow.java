package karuta.server.store;

import java.time.Instant;
import java.util.Optional;
import karuta.card.ChallengeId;
import karuta.card.Generation;
import karuta.card.Subject;
import karuta.guard.client.Head;
import karuta.server.card.BookProgress;
import karuta.server.card.CardState;

/// The hot row of a card.
///
/// @param before what an unlock gives back; empty unless LOCKED or SUSPENDED
/// @param wrongAnswers wrong answers in a row
/// @param wrongInLife wrong answers in its life, which no right answer clears
/// @param challenge the open challenge
/// @param expiresAt until when its answer is taken; 1970 if there is none
/// @param judged the last of the guard's judgements that the store has settled
public record CardRow(
    Subject subject,
    Generation generation,
    Instant orderedAt,
    CardState state,
    Optional<CardState> before,
    int wrongAnswers,
    int wrongInLife,
    int abandoned,
    BookProgress progress,
    Optional<ChallengeId> challenge,
    Instant expiresAt,
    Head judged) {
  /// The card with a challenge open.
  public CardRow asking(BookProgress newProgress, ChallengeId open, Instant until) {
    return new CardRow(
        subject,
        generation,
        orderedAt,
        state,
        before,
        wrongAnswers,
        wrongInLife,
        abandoned,
        newProgress,
        Optional.of(open),
        until,
        judged);
  }

  /// Whether the card was switched on once and is not over: ACTIVE, or locked or suspended since.
  public boolean inUse() {
    return state == CardState.ACTIVE || before.equals(Optional.of(CardState.ACTIVE));
  }

  /// Whether the card is over.
  public boolean ended() {
    return state == CardState.RETIRED || state == CardState.RETURNED;
  }
}
