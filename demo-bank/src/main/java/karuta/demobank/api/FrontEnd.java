package karuta.demobank.api;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import karuta.v1.ActivateCardRequest;
import karuta.v1.AnswerChallengeRequest;
import karuta.v1.AnswerChallengeResponse;
import karuta.v1.Challenge;
import karuta.v1.CreateChallengeRequest;
import karuta.v1.OrderCardRequest;
import karuta.v1.Purpose;
import karuta.v1.QuestionAnswer;
import karuta.v1.Subject;
import karuta.v1.SuspendCardRequest;
import karuta.v1.Transaction;

/// What internet banking asks of Karuta, with the front end's certificate. Every call throws [ApiRefusal] or
/// [ApiUnavailable].
public final class FrontEnd {
  private final Door door;

  FrontEnd(Door door) {
    this.door = door;
  }

  /// Reads a customer with his cards.
  public Subject subject(String subject) {
    return door.call(HttpMethod.GET, "/v1/subjects/" + subject, null, Subject.newBuilder()).build();
  }

  /// Orders a card; an open order is returned as it is.
  public Subject order(String subject) {
    var request = OrderCardRequest.newBuilder().setSubject(subject).build();
    return door.call(
            HttpMethod.POST,
            "/v1/subjects/" + subject + "/cards:order",
            request,
            Subject.newBuilder())
        .build();
  }

  /// Suspends every card of a customer at once.
  public Subject suspend(String subject, String reason) {
    var request = SuspendCardRequest.newBuilder().setSubject(subject).setReason(reason).build();
    return door.call(
            HttpMethod.POST,
            "/v1/subjects/" + subject + "/cards:suspend",
            request,
            Subject.newBuilder())
        .build();
  }

  /// Puts the question for a transfer. The same transaction again gives the same challenge.
  public Challenge ask(String subject, Transaction transaction) {
    var request =
        CreateChallengeRequest.newBuilder()
            .setSubject(subject)
            .setPurpose(Purpose.TRANSFER)
            .setTransaction(transaction)
            .build();
    return door.call(HttpMethod.POST, "/v1/challenges", request, Challenge.newBuilder()).build();
  }

  /// Begins the switch to the card that has arrived. The customer has confirmed the notice.
  public Challenge activate(String subject) {
    var request =
        ActivateCardRequest.newBuilder().setSubject(subject).setNoticeConfirmed(true).build();
    return door.call(
            HttpMethod.POST,
            "/v1/subjects/" + subject + "/cards:activate",
            request,
            Challenge.newBuilder())
        .build();
  }

  /// Reads a challenge again: for a reload, another tab, or when a reply was lost.
  public Challenge challenge(String id) {
    return door.call(HttpMethod.GET, "/v1/challenges/" + id, null, Challenge.newBuilder()).build();
  }

  /// Passes an answer on. If no reply comes, the same is sent once more with the same key, which spends nothing.
  ///
  /// @param key made once for the form that was submitted
  /// @param answers for each question, the choice for each cell, 0..63
  public AnswerChallengeResponse answer(String id, String key, List<List<Integer>> answers) {
    var request = AnswerChallengeRequest.newBuilder().setChallengeId(id).setIdempotencyKey(key);
    for (var choices : answers) {
      request.addAnswers(QuestionAnswer.newBuilder().addAllChoices(choices));
    }
    var message = request.build();
    var path = "/v1/challenges/" + id + ":answer";
    try {
      return door.call(HttpMethod.POST, path, message, AnswerChallengeResponse.newBuilder())
          .build();
    } catch (ApiUnavailable e) {
      if (!e.unheard()) {
        throw e;
      }
      return door.call(HttpMethod.POST, path, message, AnswerChallengeResponse.newBuilder())
          .build();
    }
  }

  /// Fetches a picture by the SHA-256 of its bytes, in hexadecimal.
  public Buffer picture(String sha256) {
    return door.fetch("/v1/pictures/" + sha256 + ".svg");
  }
}
