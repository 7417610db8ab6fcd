package karuta.server.api;

import java.util.List;
import karuta.card.ChallengeId;
import karuta.server.challenge.Challenges;
import karuta.server.challenge.IdempotencyKey;
import karuta.server.challenge.NewChallenge;
import karuta.server.challenge.Transaction;
import karuta.v1.ActivateCardRequest;
import karuta.v1.AnswerChallengeRequest;
import karuta.v1.AnswerChallengeResponse;
import karuta.v1.Challenge;
import karuta.v1.CreateChallengeRequest;
import karuta.v1.GetChallengeRequest;
import karuta.v1.QuestionAnswer;

/// The challenge service: messages in, the domain asked, messages out. No rule is made here.
public final class ChallengeCalls {
  private final Challenges challenges;
  private final ChallengeMessages messages;

  public ChallengeCalls(Challenges challenges, Pictures pictures) {
    this.challenges = challenges;
    this.messages = new ChallengeMessages(pictures);
  }

  /// Binds every method of the challenge service.
  public Contract bind(Contract contract) {
    return contract
        .bind("CreateChallenge", CreateChallengeRequest.getDefaultInstance(), this::create)
        .bind("ActivateCard", ActivateCardRequest.getDefaultInstance(), this::activate)
        .bind("GetChallenge", GetChallengeRequest.getDefaultInstance(), this::read)
        .bind("AnswerChallenge", AnswerChallengeRequest.getDefaultInstance(), this::answer);
  }

  private Challenge create(Client client, CreateChallengeRequest request) {
    var asked = request.getTransaction();
    var transaction =
        new Transaction(
            asked.getReference(),
            asked.getPayee(),
            asked.getAmount(),
            asked.getCurrency(),
            List.copyOf(asked.getLinesList()));
    return messages.challenge(
        challenges.create(
            CardCalls.caller(client),
            new NewChallenge(
                Fields.subject(request.getSubject()),
                ChallengeMessages.purpose(request.getPurpose()),
                transaction,
                request.getStepUp())));
  }

  private Challenge activate(Client client, ActivateCardRequest request) {
    return messages.challenge(
        challenges.activate(
            CardCalls.caller(client),
            Fields.subject(request.getSubject()),
            request.getNoticeConfirmed()));
  }

  private Challenge read(Client client, GetChallengeRequest request) {
    return messages.challenge(
        challenges.read(CardCalls.caller(client), id(request.getChallengeId())));
  }

  private AnswerChallengeResponse answer(Client client, AnswerChallengeRequest request) {
    var id = id(request.getChallengeId());
    var key = Fields.read("idempotency_key", request.getIdempotencyKey(), IdempotencyKey::new);
    var choices = request.getAnswersList().stream().map(QuestionAnswer::getChoicesList).toList();
    return ChallengeMessages.outcome(
        id.value(), challenges.answer(CardCalls.caller(client), id, key, choices));
  }

  /// What has not the shape of an id names no challenge.
  private static ChallengeId id(String value) {
    try {
      return new ChallengeId(value);
    } catch (IllegalArgumentException _) {
      throw new CallRefused(
          value.isEmpty() ? Code.INVALID_FIELD : Code.CHALLENGE_NOT_FOUND, "challenge_id");
    }
  }
}
