package karuta.server.answer;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import karuta.card.ChallengeId;
import karuta.card.Subject;
import karuta.server.audit.AuditEvent;
import karuta.server.card.Caller;
import karuta.server.card.CardState;
import karuta.server.card.Method;
import karuta.server.card.Refusal;
import karuta.server.card.Refusal.Code;
import karuta.server.challenge.ChallengeState;
import karuta.server.challenge.ChallengeView;
import karuta.server.challenge.NewChallenge;
import karuta.server.challenge.Policy;
import karuta.server.challenge.Purpose;
import karuta.server.challenge.ScreenOrder;
import karuta.server.challenge.Transaction;
import karuta.server.store.AuditedTx;
import karuta.server.store.BookRow;
import karuta.server.store.CardRow;
import karuta.server.store.ChallengeRow;
import karuta.server.store.Store;
import karuta.server.store.Tx;
import karuta.server.watch.Observer.Event;

/// Puts a question on a card. One card asks one question at a time, and asks its live draw until it is answered right.
final class Asking {
  private static final int ID_BYTES = 16;

  private final AnswerContext context;
  private final ChallengeViews views;
  private final Unanswered unanswered;

  Asking(AnswerContext context, ChallengeViews views, Unanswered unanswered) {
    this.context = context;
    this.views = views;
    this.unanswered = unanswered;
  }

  /// What came of it: a question, or a refusal that has to be on disk first because the call used up the card's
  /// patience.
  private record Reply(Optional<ChallengeView> view, Code refusal, List<Event> seen) {
    static Reply view(ChallengeView view, List<Event> seen) {
      return new Reply(Optional.of(view), Code.WRONG_STATE, seen);
    }

    static Reply refused(Code refusal, List<Event> seen) {
      return new Reply(Optional.empty(), refusal, seen);
    }
  }

  ChallengeView create(Caller caller, NewChallenge wanted) {
    return run(
        context.store(),
        tx -> {
          var card =
              tx.cards()
                  .lockInUse(wanted.subject())
                  .orElseThrow(
                      () ->
                          new Refusal(
                              Code.NO_ACTIVE_CARD,
                              "the subject uses " + method(tx, wanted.subject())));
          require(card, CardState.ACTIVE, Code.NO_ACTIVE_CARD);
          return ask(new AuditedTx(tx, caller, context.time().instant()), card, wanted);
        });
  }

  ChallengeView activate(Caller caller, Subject subject) {
    return run(
        context.store(),
        tx -> {
          Passing.requireEligible(method(tx, subject));
          var card =
              arriving(tx.cards().of(subject))
                  .flatMap(found -> tx.cards().lock(found.subject(), found.generation()))
                  .orElseThrow(
                      () -> new Refusal(Code.NO_MAILED_CARD, "no card of the subject is mailed"));
          require(card, CardState.MAILED, Code.NO_MAILED_CARD);
          var what = new Transaction("card-" + card.generation().value(), "", "", "", List.of());
          return ask(
              new AuditedTx(tx, caller, context.time().instant()),
              card,
              new NewChallenge(subject, Purpose.ACTIVATION, what, false));
        });
  }

  private ChallengeView run(Store store, java.util.function.Function<Tx, Reply> work) {
    var reply = store.change(work);
    reply.seen().forEach(context.observer()::saw);
    return reply
        .view()
        .orElseThrow(
            () -> new Refusal(reply.refusal(), "too many questions were opened and not answered"));
  }

  private Reply ask(AuditedTx journal, CardRow card, NewChallenge wanted) {
    var tx = journal.tx();
    var book = tx.books().find(card.subject(), card.generation()).orElseThrow();
    var seen = new ArrayList<Event>();
    var free = card;
    if (card.challenge().isPresent()) {
      var open = tx.challenges().find(card.challenge().get()).orElseThrow();
      if (repeats(open, wanted, journal.now())) {
        seen.add(Event.CHALLENGE_REPEATED);
        return Reply.view(views.of(open, card, book, journal.now()), seen);
      }
      free = unanswered.end(journal, card, open, seen);
      if (free.state() == CardState.SUSPENDED) {
        return Reply.refused(Code.CARD_SUSPENDED, seen);
      }
    }
    var stepUp =
        wanted.stepUp()
            || card.wrongInLife() >= context.policy().stepUpAt()
            || context.watch().stepUp(tx);
    var challenge = challenge(journal, free, book, wanted, stepUp ? Policy.STEP_UP : 1);
    seen.add(Event.CHALLENGE_CREATED);
    return Reply.view(views.of(challenge.row(), challenge.card(), book, journal.now()), seen);
  }

  /// A reload, another tab, another node: the same question for the same transaction is the same challenge.
  private static boolean repeats(ChallengeRow open, NewChallenge wanted, Instant now) {
    return now.isBefore(open.expiresAt())
        && open.purpose() == wanted.purpose()
        && open.transaction().equals(wanted.transaction())
        && (open.draws().size() > 1 || !wanted.stepUp());
  }

  /// A new challenge, and the card that asks it.
  private record Put(ChallengeRow row, CardRow card) {}

  private Put challenge(
      AuditedTx journal, CardRow card, BookRow book, NewChallenge wanted, int draws) {
    var profile = card.progress().profile();
    var progress =
        card.progress()
            .ask(draws, context.random()::nextInt, draw -> book.draw(profile, draw).cells());
    if (progress.live().size() < draws) {
      // not one draw instead of two: what asked for a step-up would be met by half of it
      throw new Refusal(
          Code.BOOK_EXHAUSTED,
          draws == 1
              ? "the card has no question left; replace it"
              : "the card has no two draws left that can be asked together; replace it");
    }
    var challenge =
        new ChallengeRow(
            id(),
            card.subject(),
            card.generation(),
            journal.caller().name(),
            wanted.purpose(),
            wanted.transaction(),
            ScreenOrder.fresh(context.random()),
            progress.live().subList(0, draws),
            ChallengeState.OPEN,
            journal.now(),
            journal.now().plus(context.policy().answerWindow()),
            "",
            false);
    var asking = card.asking(progress, challenge.id(), challenge.expiresAt());
    journal.tx().cards().ask(asking);
    journal.tx().challenges().add(challenge);
    journal.note(challenge, AuditEvent.CHALLENGE_CREATED);
    return new Put(challenge, asking);
  }

  private ChallengeId id() {
    var bytes = new byte[ID_BYTES];
    context.random().nextBytes(bytes);
    return new ChallengeId(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  private static Method method(Tx tx, Subject subject) {
    return tx.subjects()
        .method(subject)
        .orElseThrow(
            () -> new Refusal(Code.UNKNOWN_SUBJECT, "subject " + subject + " is not registered"));
  }

  /// The card that is mailed; if there is none, the newest that was stopped on its way, to say why it cannot be used.
  private static Optional<CardRow> arriving(List<CardRow> cards) {
    return cards.stream()
        .filter(card -> card.state() == CardState.MAILED)
        .findFirst()
        .or(
            () ->
                cards.stream()
                    .filter(card -> card.before().equals(Optional.of(CardState.MAILED)))
                    .findFirst());
  }

  private static void require(CardRow card, CardState state, Code otherwise) {
    if (card.state() == CardState.LOCKED) {
      throw new Refusal(Code.CARD_LOCKED, "the card is locked");
    }
    if (card.state() == CardState.SUSPENDED) {
      throw new Refusal(Code.CARD_SUSPENDED, "the card is suspended");
    }
    if (card.state() != state) {
      throw new Refusal(otherwise, "the card is " + card.state());
    }
  }
}
