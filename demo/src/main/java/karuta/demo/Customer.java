package karuta.demo;

import java.util.List;
import java.util.UUID;
import karuta.client.KarutaClient;
import karuta.client.Method;
import karuta.v1.ActivateCardRequest;
import karuta.v1.AnswerChallengeRequest;
import karuta.v1.AnswerChallengeResponse;
import karuta.v1.Card;
import karuta.v1.CardRecord;
import karuta.v1.CardState;
import karuta.v1.Challenge;
import karuta.v1.CreateChallengeRequest;
import karuta.v1.GetCardRecordRequest;
import karuta.v1.GetChallengeRequest;
import karuta.v1.GetSubjectRequest;
import karuta.v1.Outcome;
import karuta.v1.Purpose;
import karuta.v1.QuestionAnswer;
import karuta.v1.Subject;
import karuta.v1.Transaction;
import karuta.v1.UnlockCardRequest;

/// One customer with their card, and the bank's two sides that serve them.
///
/// @param frontEnd puts the customer's questions
/// @param backOffice unlocks the card, reads its record
/// @param subject the customer's reference
/// @param card the newest one
public record Customer(
    KarutaClient frontEnd, KarutaClient backOffice, String subject, HeldCard card) {
  /// The customer as the server knows them.
  public Subject look() {
    return frontEnd.call(
        Method.GET_SUBJECT, GetSubjectRequest.newBuilder().setSubject(subject).build());
  }

  /// Their newest card.
  public Card newest() {
    return look().getCards(0);
  }

  /// A question that switches the newest card on.
  public Challenge activate() {
    return frontEnd.call(
        Method.ACTIVATE_CARD,
        ActivateCardRequest.newBuilder().setSubject(subject).setNoticeConfirmed(true).build());
  }

  /// A question for a transfer.
  public Challenge transfer(String reference) {
    return frontEnd.call(
        Method.CREATE_CHALLENGE,
        CreateChallengeRequest.newBuilder()
            .setSubject(subject)
            .setPurpose(Purpose.TRANSFER)
            .setTransaction(
                Transaction.newBuilder()
                    .setReference(reference)
                    .setPayee("ミズホ ハナコ")
                    .setAmount("10000")
                    .setCurrency("JPY"))
            .build());
  }

  /// The same question again.
  public Challenge reload(Challenge challenge) {
    return frontEnd.call(
        Method.GET_CHALLENGE,
        GetChallengeRequest.newBuilder().setChallengeId(challenge.getChallengeId()).build());
  }

  /// What a right answer to a question is.
  public List<QuestionAnswer> rightAnswer(Challenge challenge) {
    return card.right(challenge);
  }

  /// Answers right.
  public AnswerChallengeResponse right(Challenge challenge) {
    return right(challenge, newKey());
  }

  /// Answers right.
  ///
  /// @param key the idempotency key
  public AnswerChallengeResponse right(Challenge challenge, String key) {
    return answer(challenge, key, card.right(challenge));
  }

  /// Answers wrong.
  public AnswerChallengeResponse wrong(Challenge challenge, String key) {
    return answer(challenge, key, card.wrong(challenge));
  }

  /// Answers right, which must pass.
  public void passes(Challenge challenge) {
    var outcome = right(challenge).getOutcome();
    if (outcome != Outcome.OUTCOME_PASSED) {
      throw new AssertionError("a right answer is " + outcome);
    }
  }

  /// The whole of the seed flow: the card that came by post becomes the one method.
  public void activates() {
    passes(activate());
    var now = look();
    if (now.getMethod() != karuta.v1.Method.IMAGE_CARD
        || now.getCards(0).getState() != CardState.ACTIVE) {
      throw new AssertionError("after its activation the card is not in use: " + now);
    }
  }

  /// Has the back office unlock the card.
  public void unlock(String reason) {
    backOffice.call(
        Method.UNLOCK_CARD,
        UnlockCardRequest.newBuilder()
            .setSubject(subject)
            .setGeneration(newest().getGeneration())
            .setReason(reason)
            .build());
  }

  /// What the server stores of the card.
  public CardRecord cardRecord() {
    return backOffice.call(
        Method.GET_CARD_RECORD,
        GetCardRecordRequest.newBuilder()
            .setSubject(subject)
            .setGeneration(newest().getGeneration())
            .build());
  }

  /// A new idempotency key.
  public static String newKey() {
    return UUID.randomUUID().toString();
  }

  private AnswerChallengeResponse answer(
      Challenge challenge, String key, List<QuestionAnswer> answers) {
    return frontEnd.call(
        Method.ANSWER_CHALLENGE,
        AnswerChallengeRequest.newBuilder()
            .setChallengeId(challenge.getChallengeId())
            .setIdempotencyKey(key)
            .addAllAnswers(answers)
            .build());
  }
}
