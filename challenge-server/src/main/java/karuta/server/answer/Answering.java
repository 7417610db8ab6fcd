package karuta.server.answer;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import karuta.server.audit.AuditEvent;
import karuta.server.card.Caller;
import karuta.server.card.CardState;
import karuta.server.card.Refusal;
import karuta.server.card.Refusal.Code;
import karuta.server.challenge.ChallengeId;
import karuta.server.challenge.ChallengeState;
import karuta.server.challenge.IdempotencyKey;
import karuta.server.challenge.Outcome;
import karuta.server.challenge.Outcome.Standing;
import karuta.server.challenge.Purpose;
import karuta.server.store.AuditedTx;
import karuta.server.store.BookRow;
import karuta.server.store.CardRow;
import karuta.server.store.ChallengeRow;
import karuta.server.store.Tx;
import karuta.server.store.VerdictRow;
import karuta.server.token.TokenUnavailable;
import karuta.server.watch.Observer.Event;

/// Settles an answer in one transaction, in an order that must not be changed:
///
/// 1. Hold the card's row and count the attempt as wrong, in one guarded statement. It meets no row if the card is not in
///    use, the challenge is not its open one, or its time is over; then nothing below happens.
/// 2. Write the verdict as wrong under the caller's idempotency key. It meets no row if the key has a verdict elsewhere.
/// 3. Ask the token. It is asked once for each counted attempt, and never again for this challenge.
/// 4. Settle: a wrong answer is written already and may lock the card; a right one clears the counters, spends the draw
///    and gets its receipt. The audit row is written.
/// 5. Commit. Only now does anybody learn the verdict.
///
/// While the token is lost, an answer is refused before it holds anything: on SQLite all changes wait in one line, and one
/// that waits for a token would keep every other waiting with it. It is looked at twice, because an answer may wait for
/// its turn while the token goes. Finding the token again is not the answers' business.
///
/// While the store is not known to write, an answer is refused in the same way: a verdict that cannot be written is a guess
/// that is not counted, and one of those is all there is until a check has written.
///
/// Whatever fails on the way undoes all of it, the count as well, and the caller hears of a fault, not of a verdict: so no
/// guess is answered that was not counted, and no answer is accepted that is not on disk. Where the commit itself gave no
/// answer, the same key tells later what became of it. Two answers to one card meet at step 1, where the second finds the
/// challenge gone.
final class Answering {
  private final AnswerContext context;
  private final Unanswered unanswered;
  private final Passing passing;

  Answering(AnswerContext context, Unanswered unanswered) {
    this.context = context;
    this.unanswered = unanswered;
    this.passing = new Passing(context);
  }

  /// One attempt: who, which challenge, under which key.
  private record Attempt(Caller caller, IdempotencyKey key, ChallengeRow challenge, Instant now) {
    ChallengeId id() {
      return challenge.id();
    }
  }

  /// What is known before the row is held: none of it changes but the challenge's state, which is looked at again.
  private record Before(ChallengeRow challenge, CardRow card, BookRow book) {}

  Outcome answer(Caller caller, ChallengeId id, IdempotencyKey key, List<List<Integer>> choices) {
    var before = context.store().read(tx -> before(tx, id));
    var attempt = new Attempt(caller, key, before.challenge(), context.time().instant());
    Settled settled;
    if (before.challenge().state() != ChallengeState.OPEN) {
      settled = context.store().change(tx -> unverified(tx, attempt));
    } else {
      settled = verified(attempt, before, choices);
    }
    settled.seen().forEach(context.observer()::saw);
    return settled.outcome();
  }

  private static Before before(Tx tx, ChallengeId id) {
    var challenge =
        tx.challenges()
            .find(id)
            .orElseThrow(() -> new Refusal(Code.CHALLENGE_NOT_FOUND, "no such challenge"));
    return new Before(
        challenge,
        tx.cards().find(challenge.subject(), challenge.generation()).orElseThrow(),
        tx.books().find(challenge.subject(), challenge.generation()).orElseThrow());
  }

  private Settled verified(Attempt attempt, Before before, List<List<Integer>> choices) {
    var profile = before.card().progress().profile();
    var claim = new Claim(before.challenge(), before.book(), profile, choices);
    try {
      requireToken();
      return context.store().changeOnce(tx -> settle(tx, attempt, claim), claim::asked);
    } catch (TokenUnavailable e) {
      context.observer().saw(Event.TOKEN_FAULT);
      throw e;
    }
  }

  private void requireToken() {
    if (!context.token().up()) {
      throw new TokenUnavailable("the token is lost");
    }
  }

  private Settled settle(Tx tx, Attempt attempt, Claim claim) {
    requireToken();
    var challenge = attempt.challenge();
    var state = challenge.purpose() == Purpose.ACTIVATION ? CardState.MAILED : CardState.ACTIVE;
    var counted =
        tx.cards()
            .countAttempt(
                challenge.subject(), challenge.generation(), state, attempt.id(), attempt.now());
    if (counted.isEmpty()) {
      return unverified(tx, attempt);
    }
    var card = counted.get();
    if (challenge.purpose() == Purpose.ACTIVATION) {
      Passing.requireEligible(tx.subjects().method(card.subject()).orElseThrow());
    }
    var wrong = writeAsWrong(tx, attempt, card);
    var journal = new AuditedTx(tx, attempt.caller(), attempt.now());
    return claim.right(context.token())
        ? passing.pass(journal, card, challenge, wrong)
        : fail(journal, card, challenge, wrong);
  }

  private VerdictRow writeAsWrong(Tx tx, Attempt attempt, CardRow card) {
    var standing = context.standing(card);
    var locks = standing.attemptsLeft() == 0;
    var wrong =
        new VerdictRow(
            attempt.caller(),
            attempt.key(),
            attempt.id(),
            card.subject(),
            false,
            new Standing(
                locks ? CardState.LOCKED : card.state(),
                standing.attemptsLeft(),
                standing.drawsLeft(),
                standing.renewalDue()));
    if (!tx.verdicts().add(wrong, attempt.now())) {
      throw conflict();
    }
    return wrong;
  }

  private Settled fail(
      AuditedTx journal, CardRow card, ChallengeRow challenge, VerdictRow verdict) {
    var tx = journal.tx();
    var state = verdict.standing().cardState();
    var seen = new ArrayList<>(List.of(Event.ANSWER_WRONG));
    tx.cards().endChallenge(card, challenge.id(), state, card.abandoned());
    tx.challenges().settle(challenge.id(), ChallengeState.FAILED, journal.now(), "");
    journal.note(challenge, AuditEvent.ANSWER_WRONG);
    if (state == CardState.LOCKED) {
      journal.byKaruta().note(card, AuditEvent.CARD_LOCKED, reason(card));
      seen.add(Event.CARD_LOCKED);
    }
    if (card.wrongInLife() == context.policy().stepUpAt()) {
      journal.byKaruta().note(card, AuditEvent.CARD_STEPPED_UP, inLife(card));
      seen.add(Event.CARD_STEPPED_UP);
    }
    return new Settled(new Outcome.Wrong(verdict.standing()), seen);
  }

  private String reason(CardRow card) {
    return card.wrongAnswers() >= context.policy().wrongLimit()
        ? card.wrongAnswers() + " wrong answers in a row"
        : inLife(card);
  }

  private static String inLife(CardRow card) {
    return card.wrongInLife() + " wrong answers in the card's life";
  }

  /// An answer that reaches no token: a retry, or one to a challenge or card that takes none.
  private Settled unverified(Tx tx, Attempt attempt) {
    var challenge = attempt.challenge();
    var card = tx.cards().lock(challenge.subject(), challenge.generation()).orElseThrow();
    var current = tx.challenges().find(attempt.id()).orElseThrow();
    var stored = tx.verdicts().find(attempt.caller(), attempt.key());
    if (stored.isPresent()) {
      return new Settled(repeated(stored.get(), current), List.of(Event.ANSWER_REPEATED));
    }
    var seen = new ArrayList<>(List.of(Event.ANSWER_UNVERIFIED));
    return switch (current.state()) {
      case PASSED, FAILED ->
          throw new Refusal(Code.CHALLENGE_SETTLED, "the challenge has its verdict");
      case EXPIRED -> new Settled(new Outcome.Expired(context.standing(card)), seen);
      case ABANDONED -> new Settled(closed(card), seen);
      case OPEN -> {
        var journal = new AuditedTx(tx, attempt.caller(), attempt.now());
        var ended = unanswered.end(journal, card, current, seen);
        yield new Settled(new Outcome.Expired(context.standing(ended)), seen);
      }
    };
  }

  private Outcome closed(CardRow card) {
    return card.state() == CardState.LOCKED
        ? new Outcome.Locked(context.standing(card))
        : new Outcome.Refused(context.standing(card));
  }

  private static Outcome repeated(VerdictRow stored, ChallengeRow challenge) {
    if (!stored.challenge().equals(challenge.id())) {
      throw conflict();
    }
    return stored.right()
        ? new Outcome.Passed(stored.standing(), challenge.receipt())
        : new Outcome.Wrong(stored.standing());
  }

  private static Refusal conflict() {
    return new Refusal(
        Code.IDEMPOTENCY_CONFLICT, "the idempotency key was used for another challenge");
  }
}
