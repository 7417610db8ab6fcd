package karuta.server.answer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import karuta.guard.client.Recall;
import karuta.guard.client.Reply.Judged;
import karuta.guard.client.Reply.Reason;
import karuta.guard.client.Reply.Refused;
import karuta.server.card.Caller;
import karuta.server.store.AuditedTx;
import karuta.server.store.ChallengeRow;
import karuta.server.store.StoreBehind;
import karuta.server.watch.Observer.Event;

/// Closes challenges that have ended without a verdict. An answer may have been judged whose server stopped before it
/// was settled, or may be under way in this moment; so the guard is asked, and by that it closes what it has not
/// judged. Ending a challenge waits for no guard: a stolen card is suspended at once, and closed when there is one.
final class Closing {
  private final AnswerContext context;
  private final Settling settling;

  Closing(AnswerContext context, Settling settling) {
    this.context = context;
    this.settling = settling;
  }

  /// Closes the longest waiting, each in a transaction of its own.
  ///
  /// @return how many were closed
  /// @throws karuta.guard.client.GuardUnavailable if there is no guard; what is left waits
  /// @throws StoreBehind if one could not be closed because the store is older than the journal; all others are closed
  ///     before
  int close(int limit) {
    var waiting = context.store().read(tx -> tx.challenges().toClose(limit));
    var closed = 0;
    Optional<StoreBehind> behind = Optional.empty();
    for (var challenge : waiting) {
      var seen = new ArrayList<Event>();
      try {
        closed += close(challenge, seen) ? 1 : 0;
      } catch (StoreBehind one) {
        behind = Optional.of(one);
      }
      seen.forEach(context.observer()::saw);
    }
    if (behind.isPresent()) {
      throw behind.get();
    }
    return closed;
  }

  private boolean close(ChallengeRow challenge, List<Event> seen) {
    var card =
        context
            .store()
            .read(tx -> tx.cards().find(challenge.subject(), challenge.generation()).orElseThrow());
    var reply =
        context
            .guard()
            .recall(
                new Recall(
                    challenge.id(), challenge.subject(), challenge.generation(), card.judged()));
    if (reply instanceof Refused refused && refused.reason() == Reason.FOLDED) {
      throw new StoreBehind("the guard has folded judgements that are not in the store");
    }
    if (!(reply instanceof Judged judged)) {
      seen.add(Event.JOURNAL_BEHIND);
      return false;
    }
    return context
        .store()
        .change(
            tx -> {
              seen.clear();
              var held = tx.cards().lock(challenge.subject(), challenge.generation()).orElseThrow();
              var journal = new AuditedTx(tx, Caller.KARUTA, context.time().instant());
              settling.settle(journal, held, judged.unseen(), Optional.empty(), seen);
              return tx.challenges().find(challenge.id()).orElseThrow().closed();
            });
  }
}
