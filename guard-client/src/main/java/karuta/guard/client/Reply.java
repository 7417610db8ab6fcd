package karuta.guard.client;

import java.util.List;
import java.util.Optional;

/// What comes of a call to judge or to recall.
public sealed interface Reply {
  /// What was judged of the card that the call did not show, oldest first. The caller settles all of it, or, if it does
  /// not know the challenge of one, nothing: its store is then older than the journal. If there are many, these are the
  /// first of them without a gap, and the next call, which shows them, is told the rest.
  List<Judgement> unseen();

  /// The challenge has its verdict.
  ///
  /// @param judgement the verdict on the challenge asked for; in the list as well, unless the call showed it or
  ///     the list ends before it
  /// @param receipt compact JWS; only for an answer judged RIGHT, and not for a recall
  record Judged(Judgement judgement, List<Judgement> unseen, Optional<String> receipt)
      implements Reply {
    public Judged {
      if (receipt.isPresent() && judgement.verdict() != Judgement.Verdict.RIGHT) {
        throw new IllegalArgumentException("a receipt is for an answer that was judged right");
      }
      unseen = List.copyOf(unseen);
    }
  }

  /// Nothing was recorded. What is said does not depend on the answer.
  ///
  /// @param spent the draws that have passed before; at least one if SPENT, else none
  record Refused(Reason reason, List<Integer> spent, List<Judgement> unseen) implements Reply {
    public Refused {
      if ((reason == Reason.SPENT) == spent.isEmpty()) {
        throw new IllegalArgumentException("a refusal names draws if they are spent");
      }
      spent = List.copyOf(spent);
      unseen = List.copyOf(unseen);
    }
  }

  /// Why nothing was judged.
  enum Reason {
    /// A draw has passed before.
    SPENT,
    /// The card's failures since its last pass, or in its life, are at the cap.
    CARD_CAPPED,
    /// Failures bank-wide are above a cap, and the card is among those that failed.
    BANK_CAPPED,
    /// The journal lacks what the caller remembers.
    BEHIND,
    /// The token's own limit on the uses of the epoch's book key is reached.
    KEY_CAPPED,
    /// What follows the place that the caller remembers has been folded: the store is older than what the journal tells
    /// row by row.
    FOLDED
  }
}
