package karuta.server.store;

import karuta.card.ChallengeId;
import karuta.card.Subject;
import karuta.server.card.Caller;
import karuta.server.challenge.IdempotencyKey;
import karuta.server.challenge.Outcome.Standing;

/// What a retry with the same key is told. Nothing in it depends on the answer but right or wrong.
///
/// @param right right or wrong
public record VerdictRow(
    Caller caller,
    IdempotencyKey key,
    ChallengeId challenge,
    Subject subject,
    boolean right,
    Standing standing) {}
