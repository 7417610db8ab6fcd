package karuta.server.answer;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import karuta.card.ChallengeId;
import karuta.guard.client.GuardUnavailable;
import karuta.guard.client.Question;
import karuta.guard.client.Question.Statement;
import karuta.guard.client.Reply;
import karuta.guard.client.Reply.Judged;
import karuta.guard.client.Reply.Refused;
import karuta.server.card.Caller;
import karuta.server.card.CardState;
import karuta.server.card.Method;
import karuta.server.card.Refusal;
import karuta.server.card.Refusal.Code;
import karuta.server.challenge.CanonicalTransaction;
import karuta.server.challenge.ChallengeState;
import karuta.server.challenge.IdempotencyKey;
import karuta.server.challenge.Outcome;
import karuta.server.challenge.Purpose;
import karuta.server.store.AuditedTx;
import karuta.server.store.BookRow;
import karuta.server.store.CardRow;
import karuta.server.store.ChallengeRow;
import karuta.server.store.StoreBehind;
import karuta.server.store.Tx;
import karuta.server.store.VerdictRow;
import karuta.server.watch.Observer.Event;

/// Has an answer judged, then settles it, in an order that must not be changed:
///
/// 1. Read the challenge, its card and its book; hold nothing. An answer that cannot be taken (the card is not in use,
///    the challenge is not its open one, its time is over) reaches no guard.
/// 2. Ask the guard. It judges the challenge once and has the verdict on disk before it tells; nothing of it depends on
///    what is known here.
/// 3. Settle, in one short transaction that holds the card: all that the guard judged of the card and the store has not
///    settled yet, in the guard's order, each once. A wrong answer is counted and may lock the card; a right one clears
///    the counters, spends the draw and gets its receipt; the verdict is written under the caller's idempotency key;
///    the audit rows are written.
/// 4. Commit. Only now does anybody learn the verdict.
///
/// Whatever fails between 2 and 4 loses nothing: the guard tells a retry the same verdict, and if there is none,
/// whoever closes the challenge is told it ([Closing]). What happened to the challenge meanwhile does not matter: its
/// judgement is settled all the same, but only one whose challenge is still open is told. Two answers to one challenge
/// get one verdict; it is told under the key that settles it.
///
/// While the guard is lost, an answer is refused at once. Finding it again is not the answers' business.
final class Answering {
  private final AnswerContext context;
  private final Unanswered unanswered;
  private final Settling settling;

  Answering(AnswerContext context, Unanswered unanswered, Settling settling) {
    this.context = context;
    this.unanswered = unanswered;
    this.settling = settling;
  }

  /// One attempt: who, which challenge, under which key.
  record Attempt(Caller caller, IdempotencyKey key, ChallengeRow challenge, Instant now) {
    ChallengeId id() {
      return challenge.id();
    }
  }

  /// What is known before anything is held.
  ///
  /// @param method of the subject, where the answer would change it
  private record Before(
      ChallengeRow challenge,
      CardRow card,
      BookRow book,
      Optional<Method> method,
      Optional<VerdictRow> stored) {
    boolean takesAnswer(Instant now) {
      return stored.isEmpty()
          && challenge.state() == ChallengeState.OPEN
          && card.state() == expected(challenge)
          && card.challenge().equals(Optional.of(challenge.id()))
          && now.isBefore(challenge.expiresAt());
    }
  }

  Outcome answer(Caller caller, ChallengeId id, IdempotencyKey key, List<List<Integer>> choices) {
    var before = context.store().read(tx -> before(tx, caller, id, key));
    var attempt = new Attempt(caller, key, before.challenge(), context.time().instant());
    if (!before.takesAnswer(attempt.now())) {
      return done(context.store().change(tx -> unverified(tx, attempt)));
    }
    before.method().ifPresent(Passing::requireEligible);
    var reply = judged(question(before, choices));
    return done(context.store().change(tx -> settle(tx, attempt, reply)));
  }

  private Outcome done(Settled settled) {
    settled.seen().forEach(context.observer()::saw);
    return settled
        .outcome()
        .orElseThrow(() -> new GuardUnavailable("the guard has judged more than one reply holds"));
  }

  private static Before before(Tx tx, Caller caller, ChallengeId id, IdempotencyKey key) {
    var challenge =
        tx.challenges()
            .find(id)
            .orElseThrow(() -> new Refusal(Code.CHALLENGE_NOT_FOUND, "no such challenge"));
    return new Before(
        challenge,
        tx.cards().find(challenge.subject(), challenge.generation()).orElseThrow(),
        tx.books().find(challenge.subject(), challenge.generation()).orElseThrow(),
        challenge.purpose() == Purpose.ACTIVATION
            ? tx.subjects().method(challenge.subject())
            : Optional.empty(),
        tx.verdicts().find(caller, key));
  }

  private static CardState expected(ChallengeRow challenge) {
    return challenge.purpose() == Purpose.ACTIVATION ? CardState.MAILED : CardState.ACTIVE;
  }

  private Question question(Before before, List<List<Integer>> choices) {
    var challenge = before.challenge();
    var book = before.book();
    return new Question(
        challenge.id(),
        challenge.subject(),
        book.card(),
        book.epoch(),
        Claim.of(challenge, book, before.card().progress().profile(), choices),
        new Statement(
            challenge.purpose().name(),
            CanonicalTransaction.digest(challenge.transaction()),
            context.audience()),
        before.card().judged());
  }

  private Reply judged(Question question) {
    try {
      if (!context.guard().up()) {
        throw new GuardUnavailable("the guard is lost");
      }
      return context.guard().judge(question);
    } catch (GuardUnavailable e) {
      context.observer().saw(Event.GUARD_FAULT);
      throw e;
    }
  }

  private Settled settle(Tx tx, Attempt attempt, Reply reply) {
    return switch (reply) {
      case Judged judged -> settle(tx, attempt, judged);
      case Refused refused -> refused(tx, attempt, refused);
    };
  }

  private Settled settle(Tx tx, Attempt attempt, Judged judged) {
    var journal = new AuditedTx(tx, attempt.caller(), attempt.now());
    var seen = new ArrayList<Event>();
    var telling = Optional.of(new Settling.Telling(attempt, judged.receipt()));
    var told = settling.settle(journal, hold(tx, attempt), judged.unseen(), telling, seen);
    if (told.isPresent()) {
      return new Settled(told.get(), seen);
    }
    if (isStillToCome(tx, attempt, judged)) {
      return new Settled(Optional.empty(), seen);
    }
    var unverified = unverified(tx, attempt);
    seen.addAll(unverified.seen());
    return new Settled(unverified.outcome(), seen);
  }

  /// Whether the reply ended before the verdict it tells: what it held is settled now, and the next call shows it and
  /// is told the rest.
  private static boolean isStillToCome(Tx tx, Attempt attempt, Judged judged) {
    return hold(tx, attempt).judged().number() < judged.judgement().head().number()
        && tx.challenges().find(attempt.id()).orElseThrow().state() == ChallengeState.OPEN;
  }

  /// What the guard does not judge is counted nowhere.
  private Settled refused(Tx tx, Attempt attempt, Refused refused) {
    var journal = new AuditedTx(tx, attempt.caller(), attempt.now());
    var seen = new ArrayList<Event>();
    settling.settle(journal, hold(tx, attempt), refused.unseen(), Optional.empty(), seen);
    var card = hold(tx, attempt);
    if (!card.challenge().equals(Optional.of(attempt.id()))) {
      var unverified = unverified(tx, attempt);
      seen.addAll(unverified.seen());
      return new Settled(unverified.outcome(), seen);
    }
    return switch (refused.reason()) {
      case SPENT -> {
        seen.add(Event.DRAW_SPENT);
        yield new Settled(
            new Outcome.Expired(
                context.standing(unanswered.spent(journal, card, attempt, refused.spent()))),
            seen);
      }
      case CARD_CAPPED -> {
        seen.add(Event.GUARD_CAPPED);
        yield new Settled(
            new Outcome.Refused(context.standing(unanswered.capped(journal, card))), seen);
      }
      case BANK_CAPPED ->
          throw faulty(Event.GUARD_CAPPED, "the guard judges no card that has failed");
      case KEY_CAPPED ->
          throw faulty(
              Event.GUARD_CAPPED, "the token's own limit on the uses of the book key is reached");
      case BEHIND ->
          throw faulty(Event.JOURNAL_BEHIND, "the guard's journal is older than the store");
      case FOLDED ->
          throw new StoreBehind("the guard has folded judgements that are not in the store");
    };
  }

  private GuardUnavailable faulty(Event event, String reason) {
    context.observer().saw(event);
    return new GuardUnavailable(reason);
  }

  private static CardRow hold(Tx tx, Attempt attempt) {
    return tx.cards()
        .lock(attempt.challenge().subject(), attempt.challenge().generation())
        .orElseThrow();
  }

  /// An answer that is told no verdict of its own: a retry, or one to a challenge or card that takes none.
  private Settled unverified(Tx tx, Attempt attempt) {
    var card = hold(tx, attempt);
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

  /// The same key under two challenges.
  static Refusal conflict() {
    return new Refusal(
        Code.IDEMPOTENCY_CONFLICT, "the idempotency key was used for another challenge");
  }
}
