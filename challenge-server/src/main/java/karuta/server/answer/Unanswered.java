package karuta.server.answer;

import java.util.ArrayList;
import java.util.List;
import karuta.server.answer.Answering.Attempt;
import karuta.server.audit.AuditEvent;
import karuta.server.card.Caller;
import karuta.server.card.CardState;
import karuta.server.challenge.ChallengeState;
import karuta.server.lifecycle.Endings;
import karuta.server.store.AuditedTx;
import karuta.server.store.CardRow;
import karuta.server.store.ChallengeRow;
import karuta.server.watch.Observer.Event;

/// Ends questions that were opened and not answered, replaced or too late, and counts them: a phisher who relays
/// questions abandons them, where a guesser fails. Too many in a row suspend the card and raise an alarm.
///
/// The draw stays live: an end without an answer never changes the question.
final class Unanswered {
  private final AnswerContext context;

  Unanswered(AnswerContext context) {
    this.context = context;
  }

  /// Ends `open`, the open challenge of `card`, which this transaction holds.
  ///
  /// @param seen is told what happened, for after the commit
  /// @return the card without a challenge
  CardRow end(AuditedTx journal, CardRow card, ChallengeRow open, List<Event> seen) {
    var tx = journal.tx();
    var late = !journal.now().isBefore(open.expiresAt());
    var abandoned = card.abandoned() + 1;
    var state = abandoned >= context.policy().abandonedLimit() ? CardState.SUSPENDED : card.state();
    tx.cards().endChallenge(card, open.id(), state, abandoned);
    tx.challenges()
        .end(open.id(), late ? ChallengeState.EXPIRED : ChallengeState.ABANDONED, journal.now());
    journal.note(open, late ? AuditEvent.CHALLENGE_EXPIRED : AuditEvent.CHALLENGE_ABANDONED);
    seen.add(late ? Event.CHALLENGE_EXPIRED : Event.CHALLENGE_ABANDONED);
    if (state == CardState.SUSPENDED) {
      var reason = "%d questions were opened and not answered".formatted(abandoned);
      tx.details().reason(card.subject(), card.generation(), reason);
      journal.byKaruta().note(card, AuditEvent.CARD_SUSPENDED, reason);
      seen.add(Event.CARD_SUSPENDED);
    }
    return tx.cards().find(card.subject(), card.generation()).orElseThrow();
  }

  /// Ends an open challenge whose draws have passed before, which the store had forgotten: the draws are used up now,
  /// and nothing is counted.
  ///
  /// @param draws those that have passed
  /// @return the card without a challenge
  CardRow spent(AuditedTx journal, CardRow card, Attempt attempt, List<Integer> draws) {
    var tx = journal.tx();
    tx.cards().spent(card, attempt.id(), card.progress().spent(draws));
    tx.challenges().end(attempt.id(), ChallengeState.EXPIRED, journal.now());
    journal.byKaruta().note(attempt.challenge(), AuditEvent.CHALLENGE_EXPIRED);
    return tx.cards().find(card.subject(), card.generation()).orElseThrow();
  }

  /// Suspends a card that the guard judges no more.
  ///
  /// @return the suspended card
  CardRow capped(AuditedTx journal, CardRow card) {
    Endings.suspend(
        journal.byKaruta(),
        card,
        "the guard's cap on its wrong answers is reached; officers lift it");
    return journal.tx().cards().find(card.subject(), card.generation()).orElseThrow();
  }

  /// Ends challenges whose time is over, each in a transaction of its own.
  int sweep(int limit) {
    var now = context.time().instant();
    var swept = 0;
    for (var overdue : context.store().read(tx -> tx.challenges().overdue(now, limit))) {
      var seen = new ArrayList<Event>();
      var done =
          context
              .store()
              .change(
                  tx -> {
                    seen.clear();
                    var card =
                        tx.cards().lock(overdue.subject(), overdue.generation()).orElseThrow();
                    var open = tx.challenges().find(overdue.id()).orElseThrow();
                    if (open.state() != ChallengeState.OPEN) {
                      return false;
                    }
                    end(new AuditedTx(tx, Caller.KARUTA, now), card, open, seen);
                    return true;
                  });
      seen.forEach(context.observer()::saw);
      swept += done ? 1 : 0;
    }
    return swept;
  }
}
