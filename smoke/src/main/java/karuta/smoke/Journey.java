package karuta.smoke;

import static karuta.smoke.Tally.expect;
import static karuta.smoke.Tally.expectEqual;

import java.util.List;
import java.util.UUID;
import karuta.client.KarutaClient;
import karuta.client.Method;
import karuta.v1.ActivateCardRequest;
import karuta.v1.AnswerChallengeRequest;
import karuta.v1.AnswerChallengeResponse;
import karuta.v1.AskedCell;
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

/// One customer with his card, over one transport.
final class Journey {
  private final KarutaClient frontEnd;
  private final KarutaClient backOffice;
  private final String subject;
  private final Card card;

  Journey(KarutaClient frontEnd, KarutaClient backOffice, String subject, Card card) {
    this.frontEnd = frontEnd;
    this.backOffice = backOffice;
    this.subject = subject;
    this.card = card;
  }

  Subject look() {
    return frontEnd.call(
        Method.GET_SUBJECT, GetSubjectRequest.newBuilder().setSubject(subject).build());
  }

  karuta.v1.Card newest() {
    return look().getCards(0);
  }

  Challenge activate() {
    return frontEnd.call(
        Method.ACTIVATE_CARD,
        ActivateCardRequest.newBuilder().setSubject(subject).setNoticeConfirmed(true).build());
  }

  Challenge transfer(String reference) {
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

  Challenge reload(Challenge challenge) {
    return frontEnd.call(
        Method.GET_CHALLENGE,
        GetChallengeRequest.newBuilder().setChallengeId(challenge.getChallengeId()).build());
  }

  AnswerChallengeResponse right(Challenge challenge) {
    return answer(challenge, newKey(), card.right(challenge));
  }

  AnswerChallengeResponse right(Challenge challenge, String key) {
    return answer(challenge, key, card.right(challenge));
  }

  AnswerChallengeResponse wrong(Challenge challenge, String key) {
    return answer(challenge, key, card.wrong(challenge));
  }

  void unlock(String reason) {
    backOffice.call(
        Method.UNLOCK_CARD,
        UnlockCardRequest.newBuilder()
            .setSubject(subject)
            .setGeneration(newest().getGeneration())
            .setReason(reason)
            .build());
  }

  /// The card in his hand beside what the server stores of it.
  KnownCard known() {
    var request =
        GetCardRecordRequest.newBuilder()
            .setSubject(subject)
            .setGeneration(newest().getGeneration());
    return new KnownCard(backOffice.call(Method.GET_CARD_RECORD, request.build()), card.layout());
  }

  void passes(Challenge challenge) {
    expectEqual(right(challenge).getOutcome(), Outcome.OUTCOME_PASSED, "the outcome");
  }

  /// The whole of the seed flow: the card that came by post becomes the one method.
  void activates() {
    passes(activate());
    expectEqual(look().getMethod(), karuta.v1.Method.IMAGE_CARD, "the method");
    expectEqual(newest().getState(), karuta.v1.CardState.ACTIVE, "the card's state");
  }

  static String newKey() {
    return UUID.randomUUID().toString();
  }

  static List<String> cells(Challenge challenge) {
    expect(challenge.getQuestionsCount() > 0, "the challenge asks nothing");
    return challenge.getQuestions(0).getCellsList().stream().map(AskedCell::getCell).toList();
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
