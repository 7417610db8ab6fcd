package karuta.server.answer;

import java.util.List;
import karuta.card.Subject;
import karuta.server.card.Caller;
import karuta.server.card.Refusal;
import karuta.server.challenge.CanonicalTransaction;
import karuta.server.challenge.ChallengeId;
import karuta.server.challenge.ChallengeView;
import karuta.server.challenge.Challenges;
import karuta.server.challenge.IdempotencyKey;
import karuta.server.challenge.NewChallenge;
import karuta.server.challenge.Outcome;
import karuta.server.challenge.Purpose;

/// Questions and answers over the store and the token: hands each call to the class that does it.
public final class ChallengeDesk implements Challenges {
  private final Desk desk;
  private final ChallengeViews views;
  private final Asking asking;
  private final Answering answering;
  private final Unanswered unanswered;

  public ChallengeDesk(Desk desk) {
    this.desk = desk;
    this.views = new ChallengeViews(desk);
    this.unanswered = new Unanswered(desk);
    this.asking = new Asking(desk, views, unanswered);
    this.answering = new Answering(desk, unanswered);
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
    return desk.store().read(tx -> views.of(tx, id, desk.time().instant()));
  }

  @Override
  public Outcome answer(
      Caller caller, ChallengeId id, IdempotencyKey key, List<List<Integer>> choices) {
    return answering.answer(caller, id, key, choices);
  }

  @Override
  public int sweep(int limit) {
    var swept = unanswered.sweep(limit);
    desk.watch().look(desk.time().instant());
    return swept;
  }
}
