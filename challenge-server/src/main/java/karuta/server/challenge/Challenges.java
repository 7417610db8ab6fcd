package karuta.server.challenge;

import java.util.List;
import karuta.card.ChallengeId;
import karuta.card.Subject;
import karuta.server.card.Caller;

/// Puts questions and has answers verified.
///
/// Calls block (store, guard) and belong on a worker thread. Each throws [karuta.server.card.Refusal] for what is not
/// allowed, [karuta.database.DatabaseUnavailable] and [karuta.guard.client.GuardUnavailable] when nothing can be said:
/// then nothing was accepted and nothing counted that the caller heard of, and the same call may be made again.
public interface Challenges {
  /// Puts a question to a subject for one transaction. The same subject, purpose and transaction give the same
  /// challenge while it waits; another transaction replaces it, with the same cells, and the one before counts as
  /// abandoned.
  ChallengeView create(Caller caller, NewChallenge challenge);

  /// Begins the switch to a card that has arrived: a question from the mailed card. The right answer makes it active.
  ///
  /// @param noticeConfirmed whether the customer confirmed the notice; must be true
  ChallengeView activate(Caller caller, Subject subject, boolean noticeConfirmed);

  /// Reads a challenge; changes nothing.
  ChallengeView read(Caller caller, ChallengeId id);

  /// Has an answer judged. The verdict is on disk before this returns.
  ///
  /// @param key the caller's name for this attempt; the same again returns the stored verdict
  /// @param choices for each question of the challenge, for each of its cells, a position 0..63
  Outcome answer(Caller caller, ChallengeId id, IdempotencyKey key, List<List<Integer>> choices);

  /// Closes challenges that have ended without a verdict, at most `limit`, by asking the guard; for a timer. Returns
  /// how many.
  int close(int limit);

  /// Settles challenges whose time is over, at most `limit`, and has the bank-wide watch look; for a timer. Returns how
  /// many.
  int sweep(int limit);
}
