package karuta.server.crash;

import java.time.Instant;
import java.util.List;
import karuta.card.Cell;
import karuta.card.ChallengeId;
import karuta.card.PictureId;
import karuta.card.Subject;
import karuta.catalogue.Catalogue;
import karuta.server.card.CardState;
import karuta.server.challenge.ChallengeState;
import karuta.server.challenge.ChallengeView;
import karuta.server.challenge.ChallengeView.AskedCell;
import karuta.server.challenge.ChallengeView.Question;
import karuta.server.challenge.Outcome;
import karuta.server.challenge.Purpose;
import karuta.server.challenge.Transaction;
import karuta.v1.AnswerChallengeResponse;
import karuta.v1.Challenge;
import karuta.v1.Choice;

/// Replies of the API as the domain has them.
final class ApiReplies {
  private ApiReplies() {}

  static ChallengeView view(Challenge challenge) {
    var transaction = challenge.getTransaction();
    return new ChallengeView(
        new ChallengeId(challenge.getChallengeId()),
        new Subject(challenge.getSubject()),
        Purpose.valueOf(challenge.getPurpose().name()),
        new Transaction(
            transaction.getReference(),
            transaction.getPayee(),
            transaction.getAmount(),
            transaction.getCurrency(),
            List.copyOf(transaction.getLinesList())),
        challenge.getTransactionDigest(),
        ChallengeState.valueOf(challenge.getState().name()),
        challenge.getQuestionsList().stream().map(ApiReplies::question).toList(),
        "v1",
        Instant.ofEpochSecond(challenge.getCreatedAt().getSeconds()),
        Instant.ofEpochSecond(challenge.getExpiresAt().getSeconds()),
        challenge.getReceipt(),
        challenge.getDrawsLeft(),
        challenge.getRenewalDue());
  }

  private static Question question(karuta.v1.Question question) {
    return new Question(
        question.getCellsList().stream()
            .map(
                asked ->
                    new AskedCell(
                        Cell.parse(asked.getCell()),
                        asked.getChoicesList().stream().map(ApiReplies::picture).toList()))
            .toList());
  }

  /// The picture whose digest its address ends with.
  private static PictureId picture(Choice choice) {
    var url = choice.getPictureUrl();
    var digest = url.substring(url.lastIndexOf('/') + 1).replaceFirst("\\..*", "");
    return Catalogue.v1().bySha256(digest).orElseThrow().id();
  }

  static Outcome outcome(AnswerChallengeResponse response) {
    var standing =
        new Outcome.Standing(
            CardState.valueOf(response.getCardState().name()),
            response.getAttemptsLeft(),
            response.getDrawsLeft(),
            response.getRenewalDue());
    return switch (response.getOutcome()) {
      case OUTCOME_PASSED -> new Outcome.Passed(standing, response.getReceipt());
      case OUTCOME_WRONG -> new Outcome.Wrong(standing);
      case OUTCOME_EXPIRED -> new Outcome.Expired(standing);
      case OUTCOME_LOCKED -> new Outcome.Locked(standing);
      case OUTCOME_REFUSED -> new Outcome.Refused(standing);
      case OUTCOME_UNSPECIFIED, UNRECOGNIZED ->
          throw new AssertionError("an outcome that the contract does not have: " + response);
    };
  }
}
