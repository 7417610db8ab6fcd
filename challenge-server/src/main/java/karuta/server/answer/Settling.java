package karuta.server.answer;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import karuta.guard.client.Judgement;
import karuta.guard.client.Judgement.Verdict;
import karuta.server.answer.Answering.Attempt;
import karuta.server.audit.AuditEvent;
import karuta.server.card.Caller;
import karuta.server.card.CardState;
import karuta.server.challenge.ChallengeState;
import karuta.server.challenge.IdempotencyKey;
import karuta.server.challenge.Outcome;
import karuta.server.challenge.Outcome.Standing;
import karuta.server.store.AuditedTx;
import karuta.server.store.CardRow;
import karuta.server.store.ChallengeRow;
import karuta.server.store.StoreBehind;
import karuta.server.store.VerdictRow;
import karuta.server.watch.Observer.Event;

/// Takes what a guard judged of a card into the store, in the guard's order, each judgement once: the card's row
/// remembers the place of the last one and takes only the next.
///
/// A judgement whose challenge is still open is told, by the call that asked for it. One whose challenge has ended
/// meanwhile (replaced, suspended, out of time) is counted all the same: a wrong answer was a guess, and a right one
/// has used its draw; but nobody is told, and no receipt leaves. Where a judgement's challenge is still open and this
/// is not the call that may tell it, it is left, with all behind it, to that call or to the end of its time.
final class Settling {
  private final AnswerContext context;
  private final Passing passing;

  Settling(AnswerContext context) {
    this.context = context;
    this.passing = new Passing(context);
  }

  /// The call that may be told the verdict of its challenge.
  ///
  /// @param receipt compact JWS, if it was judged right
  record Telling(Attempt attempt, Optional<String> receipt) {
    boolean of(Judgement judgement) {
      return attempt.id().equals(judgement.challenge());
    }
  }

  /// Settles.
  ///
  /// @param held the card, which this transaction holds
  /// @param unseen of its judgements, oldest first
  /// @param seen is told what happened, for after the commit
  /// @return what the call is told, if its challenge was settled here
  /// @throws StoreBehind if one of the challenges is unknown here: nothing is settled
  Optional<Outcome> settle(
      AuditedTx journal,
      CardRow held,
      List<Judgement> unseen,
      Optional<Telling> telling,
      List<Event> seen) {
    var card = held;
    for (var judgement : unseen) {
      if (judgement.head().number() <= card.judged().number()) {
        continue;
      }
      var challenge = challenge(journal, card, judgement);
      if (challenge.state() != ChallengeState.OPEN) {
        late(journal, card, challenge, judgement, seen);
      } else if (judgement.verdict() == Verdict.UNANSWERED) {
        // closed in the journal, and open here: the store was put back
        journal.tx().cards().endChallenge(card, challenge.id(), card.state(), card.abandoned());
        journal.tx().challenges().end(challenge.id(), ChallengeState.EXPIRED, journal.now());
        journal.note(challenge, AuditEvent.CHALLENGE_EXPIRED);
        late(journal, again(journal, card), challenge, judgement, seen);
      } else if (telling.filter(call -> call.of(judgement)).isPresent()) {
        return Optional.of(told(journal, card, judgement, telling.get(), seen));
      } else {
        return Optional.empty();
      }
      card = again(journal, card);
    }
    return Optional.empty();
  }

  private static ChallengeRow challenge(AuditedTx journal, CardRow card, Judgement judgement) {
    if (judgement.head().number() != card.judged().number() + 1) {
      throw new StoreBehind("a judgement is missing before one that the guard tells");
    }
    return journal
        .tx()
        .challenges()
        .find(judgement.challenge())
        .filter(
            challenge ->
                challenge.subject().equals(card.subject())
                    && challenge.generation().equals(card.generation()))
        .orElseThrow(
            () -> new StoreBehind("the guard judged a challenge that is not in the store"));
  }

  private static CardRow again(AuditedTx journal, CardRow card) {
    return journal.tx().cards().find(card.subject(), card.generation()).orElseThrow();
  }

  private Outcome told(
      AuditedTx journal, CardRow card, Judgement judgement, Telling telling, List<Event> seen) {
    return judgement.verdict() == Verdict.RIGHT
        ? passing.pass(
            journal, card, telling.attempt(), judgement, telling.receipt().orElseThrow(), seen)
        : fail(journal, card, telling.attempt(), judgement, seen);
  }

  private Outcome fail(
      AuditedTx journal, CardRow card, Attempt attempt, Judgement judgement, List<Event> seen) {
    var tx = journal.tx();
    var challenge = attempt.challenge();
    var standing = afterWrong(card);
    tx.cards().failed(card, challenge.id(), standing.cardState(), judgement.head());
    tx.challenges().settle(challenge.id(), ChallengeState.FAILED, journal.now(), "");
    var verdict =
        new VerdictRow(
            attempt.caller(), attempt.key(), challenge.id(), card.subject(), false, standing);
    if (!tx.verdicts().add(verdict, journal.now())) {
      throw Answering.conflict();
    }
    wrong(journal, card, challenge, standing, seen);
    return new Outcome.Wrong(standing);
  }

  private void wrong(
      AuditedTx journal,
      CardRow before,
      ChallengeRow challenge,
      Standing standing,
      List<Event> seen) {
    journal.note(challenge, AuditEvent.ANSWER_WRONG);
    seen.add(Event.ANSWER_WRONG);
    if (standing.cardState() == CardState.LOCKED && before.state() != CardState.LOCKED) {
      journal.byKaruta().note(before, AuditEvent.CARD_LOCKED, reason(before));
      seen.add(Event.CARD_LOCKED);
    }
    if (before.wrongInLife() + 1 == context.policy().stepUpAt()) {
      journal.byKaruta().note(before, AuditEvent.CARD_STEPPED_UP, inLife(before.wrongInLife() + 1));
      seen.add(Event.CARD_STEPPED_UP);
    }
  }

  /// Where a card stands after one more wrong answer.
  private Standing afterWrong(CardRow card) {
    var attempts = context.policy().attemptsLeft(card.wrongAnswers() + 1, card.wrongInLife() + 1);
    var left = card.progress().drawsLeft();
    var live = card.state() == CardState.ACTIVE || card.state() == CardState.MAILED;
    return new Standing(
        attempts == 0 && live ? CardState.LOCKED : card.state(),
        attempts,
        left,
        context.policy().renewalDue(card.progress().profile(), left, card.wrongInLife() + 1));
  }

  private String reason(CardRow before) {
    var wrong = before.wrongAnswers() + 1;
    return wrong >= context.policy().wrongLimit()
        ? wrong + " wrong answers in a row"
        : inLife(before.wrongInLife() + 1);
  }

  private static String inLife(int wrong) {
    return wrong + " wrong answers in the card's life";
  }

  private void late(
      AuditedTx journal,
      CardRow held,
      ChallengeRow challenge,
      Judgement judgement,
      List<Event> seen) {
    var answered = judgement.verdict() != Verdict.UNANSWERED;
    var abandoned = Math.max(0, held.abandoned() - (answered ? 1 : 0));
    switch (judgement.verdict()) {
      case RIGHT -> {
        var card = withoutChallengeOf(journal, held, Set.copyOf(challenge.draws()), seen);
        journal
            .tx()
            .cards()
            .settledLate(
                card, 0, abandoned, card.progress().spent(challenge.draws()), judgement.head());
        journal.byKaruta().note(challenge, AuditEvent.ANSWER_RIGHT_UNTOLD);
        seen.add(Event.ANSWER_UNTOLD);
      }
      case WRONG -> {
        var standing = afterWrong(held);
        journal.tx().cards().settledLate(held, 1, abandoned, held.progress(), judgement.head());
        if (standing.cardState() != held.state()) {
          lock(journal, again(journal, held), seen);
        }
        journal.tx().verdicts().add(untold(challenge, held, standing), journal.now());
        wrong(journal.byKaruta(), held, challenge, standing, seen);
        seen.add(Event.ANSWER_UNTOLD);
      }
      case UNANSWERED ->
          journal.tx().cards().settledLate(held, 0, abandoned, held.progress(), judgement.head());
    }
    if (!challenge.closed()) {
      journal.tx().challenges().close(challenge.id());
    }
  }

  /// A challenge that asks a draw which is used up now would be asked in vain.
  private static CardRow withoutChallengeOf(
      AuditedTx journal, CardRow card, Set<Integer> draws, List<Event> seen) {
    var open = card.challenge().flatMap(journal.tx().challenges()::find);
    if (open.isEmpty() || open.get().draws().stream().noneMatch(draws::contains)) {
      return card;
    }
    end(journal, card, open.get(), ChallengeState.EXPIRED, card.state());
    seen.add(Event.CHALLENGE_EXPIRED);
    return again(journal, card);
  }

  private static void lock(AuditedTx journal, CardRow card, List<Event> seen) {
    var open = card.challenge().flatMap(journal.tx().challenges()::find);
    if (open.isPresent()) {
      end(journal, card, open.get(), ChallengeState.ABANDONED, CardState.LOCKED);
      seen.add(Event.CHALLENGE_ABANDONED);
    } else {
      journal.tx().cards().move(card, CardState.LOCKED, Optional.of(card.state()));
    }
  }

  private static void end(
      AuditedTx journal, CardRow card, ChallengeRow open, ChallengeState end, CardState state) {
    journal.tx().cards().endChallenge(card, open.id(), state, card.abandoned());
    journal.tx().challenges().end(open.id(), end, journal.now());
    journal
        .byKaruta()
        .note(
            open,
            end == ChallengeState.EXPIRED
                ? AuditEvent.CHALLENGE_EXPIRED
                : AuditEvent.CHALLENGE_ABANDONED);
  }

  /// For the watch over wrong answers, under a key that no caller has.
  private static VerdictRow untold(ChallengeRow challenge, CardRow card, Standing standing) {
    return new VerdictRow(
        Caller.KARUTA,
        new IdempotencyKey(challenge.id().value()),
        challenge.id(),
        card.subject(),
        false,
        standing);
  }
}
