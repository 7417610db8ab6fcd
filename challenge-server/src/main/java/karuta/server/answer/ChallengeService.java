package karuta.server.answer;

import java.util.List;
import karuta.card.ChallengeId;
import karuta.card.Subject;
import karuta.database.DatabaseUnavailable;
import karuta.server.card.Caller;
import karuta.server.card.Refusal;
import karuta.server.challenge.CanonicalTransaction;
import karuta.server.challenge.ChallengeView;
import karuta.server.challenge.Challenges;
import karuta.server.challenge.IdempotencyKey;
import karuta.server.challenge.NewChallenge;
import karuta.server.challenge.Outcome;
import karuta.server.challenge.Purpose;
import karuta.server.watch.Observer.Event;

/// Questions and answers over the store and the guard: hands each call to the class that does it.
public final class ChallengeService implements Challenges {
  private final AnswerContext context;
  private final ChallengeViews views;
  private final Asking asking;
  private final Answering answering;
  private final Unanswered unanswered;
  private final Closing closing;

  public ChallengeService(AnswerContext context) {
    this.context = context;
    this.views = new ChallengeViews(context);
    this.unanswered = new Unanswered(context);
    this.asking = new Asking(context, views, unanswered);
    var settling = new Settling(context);
    this.answering = new Answering(context, unanswered, settling);
    this.closing = new Closing(context, settling);
  }

  @Override
  public ChallengeView create(Caller caller, NewChallenge challenge) {
    if (challenge.purpose() == Purpose.ACTIVATION) {
      throw new Refusal(
          Refusal.Code.INVALID_FIELD, "purpose ACTIVATION is asked for by activating the card");
    }
    var canonical = CanonicalTransaction.of(challenge.purpose(), challenge.transaction());
    return asking.create(
        caller,
        new NewChallenge(challenge.subject(), challenge.purpose(), canonical, challenge.stepUp()));
  }

  @Override
  public ChallengeView activate(Caller caller, Subject subject, boolean noticeConfirmed) {
    if (!noticeConfirmed) {
      throw new Refusal(
          Refusal.Code.NOTICE_NOT_CONFIRMED, "the customer has to confirm the notice first");
    }
    return asking.activate(caller, subject);
  }

  @Override
  public ChallengeView read(Caller caller, ChallengeId id) {
    return context.store().read(tx -> views.of(tx, id, context.time().instant()));
  }

  @Override
  public Outcome answer(
      Caller caller, ChallengeId id, IdempotencyKey key, List<List<Integer>> choices) {
    return answering.answer(caller, id, key, choices);
  }

  @Override
  public int sweep(int limit) {
    try {
      return unanswered.sweep(limit);
    } finally {
      // one card that cannot be settled must not blind the watch
      look();
    }
  }

  @Override
  public int close(int limit) {
    return closing.close(limit);
  }

  private void look() {
    try {
      context.watch().look(context.time().instant());
    } catch (DatabaseUnavailable e) {
      context.observer().saw(Event.WATCH_FAILED);
      throw e;
    }
  }
}
