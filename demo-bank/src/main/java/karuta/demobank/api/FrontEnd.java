package karuta.demobank.api;

import io.vertx.core.buffer.Buffer;
import java.util.List;
import karuta.client.KarutaClient;
import karuta.client.Method;
import karuta.client.PublishedFiles;
import karuta.v1.ActivateCardRequest;
import karuta.v1.AnswerChallengeRequest;
import karuta.v1.AnswerChallengeResponse;
import karuta.v1.Challenge;
import karuta.v1.CreateChallengeRequest;
import karuta.v1.GetChallengeRequest;
import karuta.v1.GetSubjectRequest;
import karuta.v1.OrderCardRequest;
import karuta.v1.Purpose;
import karuta.v1.QuestionAnswer;
import karuta.v1.Subject;
import karuta.v1.SuspendCardRequest;
import karuta.v1.Transaction;

/// What internet banking asks of Karuta, with the front end's certificate.
public final class FrontEnd {
  private final KarutaClient client;
  private final PublishedFiles files;

  FrontEnd(KarutaClient client, PublishedFiles files) {
    this.client = client;
    this.files = files;
  }

  /// Reads a customer with their cards.
  public Subject subject(String subject) {
    return client.call(
        Method.GET_SUBJECT, GetSubjectRequest.newBuilder().setSubject(subject).build());
  }

  /// Orders a card; an open order is returned as it is.
  public Subject order(String subject) {
    return client.call(
        Method.ORDER_CARD, OrderCardRequest.newBuilder().setSubject(subject).build());
  }

  /// Suspends every card of a customer at once.
  public Subject suspend(String subject, String reason) {
    return client.call(
        Method.SUSPEND_CARD,
        SuspendCardRequest.newBuilder().setSubject(subject).setReason(reason).build());
  }

  /// Puts the question for a transfer. The same transaction again gives the same challenge.
  public Challenge ask(String subject, Transaction transaction) {
    return client.call(
        Method.CREATE_CHALLENGE,
        CreateChallengeRequest.newBuilder()
            .setSubject(subject)
            .setPurpose(Purpose.TRANSFER)
            .setTransaction(transaction)
            .build());
  }

  /// Begins the switch to the card that has arrived. The customer has confirmed the notice.
  public Challenge activate(String subject) {
    return client.call(
        Method.ACTIVATE_CARD,
        ActivateCardRequest.newBuilder().setSubject(subject).setNoticeConfirmed(true).build());
  }

  /// Reads a challenge again: for a reload, another tab, or when a reply was lost.
  public Challenge challenge(String id) {
    return client.call(
        Method.GET_CHALLENGE, GetChallengeRequest.newBuilder().setChallengeId(id).build());
  }

  /// Passes an answer on. With the same key it can be passed on again, which spends nothing.
  ///
  /// @param key made once for the form that was submitted
  /// @param answers for each question, the choice for each cell, 0..63
  public AnswerChallengeResponse answer(String id, String key, List<List<Integer>> answers) {
    var request = AnswerChallengeRequest.newBuilder().setChallengeId(id).setIdempotencyKey(key);
    for (var choices : answers) {
      request.addAnswers(QuestionAnswer.newBuilder().addAllChoices(choices));
    }
    return client.call(Method.ANSWER_CHALLENGE, request.build());
  }

  /// Fetches a file of pictures by its name.
  public Buffer pictures(String name) {
    return files.picture("/v1/pictures/" + name);
  }
}
