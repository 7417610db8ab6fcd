package karuta.guard.journal;

import java.util.List;
import karuta.guard.client.Judgement;
import karuta.guard.client.Reply.Reason;

/// What became of an [Entry].
public sealed interface Decision {
  /// What the call did not show of its card's judgements, oldest first and without a gap; if they are many, only the
  /// first of them.
  List<Judgement> unseen();

  /// The challenge has this row: the entry's own, or one that was there before it, whatever the entry says.
  record Stands(Row row, List<Judgement> unseen) implements Decision {}

  /// Nothing was recorded, for a reason that does not depend on the verdict.
  ///
  /// @param spent the draws that have passed before; empty unless SPENT
  record Refused(Reason reason, List<Integer> spent, List<Judgement> unseen) implements Decision {}
}
