package karuta.guard.client;

import karuta.card.ChallengeId;
import karuta.card.Generation;
import karuta.card.Subject;

/// Asks what was judged of a challenge that has ended.
///
/// @param shown the last judgement of the card that the caller remembers
public record Recall(ChallengeId challenge, Subject subject, Generation generation, Head shown) {}
