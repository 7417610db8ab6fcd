package karuta.guard.client;

import java.time.Instant;
import karuta.card.ChallengeId;

/// What a guard judged of one challenge.
///
/// @param head its place in the chain of its card, from 1
/// @param guard who judged
/// @param sequence its place in the chain of that guard, from 1
/// @param at when it was recorded, in milliseconds
public record Judgement(
    ChallengeId challenge, Head head, Verdict verdict, String guard, long sequence, Instant at) {
  public Judgement {
    ChainHead.requireName(guard);
    if (head.number() < 1 || sequence < 1) {
      throw new IllegalArgumentException("a judgement has a place in two chains");
    }
  }

  /// How it was judged.
  public enum Verdict {
    /// Every draw was answered right.
    RIGHT,
    /// One of them was not.
    WRONG,
    /// A recall came first; it is no failure.
    UNANSWERED
  }
}
