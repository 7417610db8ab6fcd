package karuta.server.answer;

import java.util.List;
import karuta.database.InvariantBroken;
import karuta.guard.client.Judgement;
import karuta.server.answer.Answering.Attempt;
import karuta.server.audit.AuditEvent;
import karuta.server.card.BookProgress;
import karuta.server.card.CardState;
import karuta.server.card.Method;
import karuta.server.card.Refusal;
import karuta.server.challenge.ChallengeState;
import karuta.server.challenge.Outcome;
import karuta.server.challenge.Outcome.Standing;
import karuta.server.challenge.Purpose;
import karuta.server.lifecycle.Endings;
import karuta.server.lifecycle.Ordering;
import karuta.server.store.AuditedTx;
import karuta.server.store.CardRow;
import karuta.server.store.ChallengeRow;
import karuta.server.store.VerdictRow;
import karuta.server.watch.Observer.Event;

/// Settles a right answer: counters, draws, receipt, and for an activation the whole switch.
final class Passing {
  private final AnswerContext context;

  Passing(AnswerContext context) {
    this.context = context;
  }

  /// Settles.
  ///
  /// @param card held
  /// @param attempt whose challenge is the card's open one
  /// @param seen is told what happened, for after the commit
  Outcome pass(
      AuditedTx journal,
      CardRow card,
      Attempt attempt,
      Judgement judgement,
      String receipt,
      List<Event> seen) {
    var tx = journal.tx();
    var challenge = attempt.challenge();
    var progress = spent(card, challenge);
    var activation = challenge.purpose() == Purpose.ACTIVATION;
    if (activation) {
      endOthers(journal, card);
    }
    tx.cards().passed(card, challenge.id(), progress, CardState.ACTIVE, judgement.head());
    tx.challenges().settle(challenge.id(), ChallengeState.PASSED, journal.now(), receipt);
    journal.note(challenge, AuditEvent.ANSWER_RIGHT);
    seen.add(Event.ANSWER_RIGHT);
    if (activation) {
      switchOn(journal, card);
      seen.add(Event.CARD_ACTIVATED);
    }
    var standing = standing(card, progress);
    if (standing.renewalDue() && context.policy().orderRenewal()) {
      orderRenewal(journal, card);
    }
    var verdict =
        new VerdictRow(
            attempt.caller(), attempt.key(), challenge.id(), card.subject(), true, standing);
    if (!tx.verdicts().add(verdict, journal.now())) {
      throw Answering.conflict();
    }
    return new Outcome.Passed(standing, receipt);
  }

  private static BookProgress spent(CardRow card, ChallengeRow challenge) {
    var count = challenge.draws().size();
    var live = card.progress().live();
    if (live.size() < count || !live.subList(0, count).equals(challenge.draws())) {
      throw new InvariantBroken("an open challenge does not ask its card's live draws");
    }
    return card.progress().spent(challenge.draws());
  }

  private Standing standing(CardRow card, BookProgress progress) {
    var left = progress.drawsLeft();
    return new Standing(
        CardState.ACTIVE,
        context.policy().attemptsLeft(0, card.wrongInLife()),
        left,
        context.policy().renewalDue(progress.profile(), left, card.wrongInLife()));
  }

  /// The old card goes first: the database takes no second card in use, not even for a moment.
  private static void endOthers(AuditedTx journal, CardRow card) {
    var tx = journal.tx();
    for (var other : tx.cards().of(card.subject())) {
      if (!other.ended() && other.generation().compareTo(card.generation()) < 0) {
        Endings.retire(
            journal,
            tx.cards().lock(other.subject(), other.generation()).orElseThrow(),
            "replaced by card " + card.generation().value());
      }
    }
  }

  private static void switchOn(AuditedTx journal, CardRow card) {
    var tx = journal.tx();
    tx.details().activated(card.subject(), card.generation(), journal.now());
    journal.note(card, AuditEvent.CARD_ACTIVATED, "");
    var before = tx.subjects().lock(card.subject()).orElseThrow();
    requireEligible(before);
    if (before != Method.IMAGE_CARD) {
      tx.subjects().method(card.subject(), Method.IMAGE_CARD);
      journal.note(card.subject(), AuditEvent.METHOD_CHANGED, before + " to " + Method.IMAGE_CARD);
    }
  }

  /// A subject with one-time passwords gets no card. The change to them may have come while a card was on its way. So
  /// this is checked before the question is put, before the guard is asked (so that nothing is learned from its
  /// verdict), and again while the subject's row is locked.
  static void requireEligible(Method method) {
    if (method == Method.ONE_TIME_PASSWORD) {
      throw new Refusal(Refusal.Code.NOT_ELIGIBLE, "the subject uses one-time passwords");
    }
  }

  private static void orderRenewal(AuditedTx journal, CardRow card) {
    var tx = journal.tx();
    tx.subjects().lock(card.subject());
    if (Ordering.underWay(tx.cards().of(card.subject())).isEmpty()) {
      Ordering.open(
          journal.byKaruta(), card.subject(), card.progress().profile(), "few questions left");
    }
  }
}
