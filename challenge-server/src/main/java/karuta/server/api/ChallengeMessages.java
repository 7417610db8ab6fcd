package karuta.server.api;

import karuta.server.challenge.ChallengeView;
import karuta.server.challenge.Outcome;
import karuta.server.challenge.Purpose;
import karuta.v1.AnswerChallengeResponse;
import karuta.v1.AskedCell;
import karuta.v1.Challenge;
import karuta.v1.ChallengeState;
import karuta.v1.Choice;
import karuta.v1.Question;
import karuta.v1.Transaction;

/// What the domain says of challenges, as messages of the contract.
final class ChallengeMessages {
  private final Pictures pictures;

  ChallengeMessages(Pictures pictures) {
    this.pictures = pictures;
  }

  Challenge challenge(ChallengeView view) {
    var message =
        Challenge.newBuilder()
            .setChallengeId(view.id().value())
            .setSubject(view.subject().value())
            .setPurpose(purpose(view.purpose()))
            .setTransaction(transaction(view.transaction()))
            .setTransactionDigest(view.transactionDigest())
            .setState(state(view.state()))
            .setCreatedAt(Times.of(view.createdAt()))
            .setExpiresAt(Times.of(view.expiresAt()))
            .setReceipt(view.receipt())
            .setDrawsLeft(view.drawsLeft())
            .setRenewalDue(view.renewalDue())
            .setPictureSheetUrl(pictures.sheetPath());
    view.questions().forEach(question -> message.addQuestions(question(question)));
    return message.build();
  }

  private Question question(ChallengeView.Question question) {
    var message = Question.newBuilder();
    question.cells().forEach(cell -> message.addCells(cell(cell)));
    return message.build();
  }

  private AskedCell cell(ChallengeView.AskedCell asked) {
    var message =
        AskedCell.newBuilder()
            .setCell(asked.cell().toString())
            .setRow(asked.cell().rowName())
            .setRowLatin(asked.cell().latinRowName())
            .setColumn(asked.cell().column());
    for (var position = 0; position < asked.choices().size(); position++) {
      var picture = pictures.picture(asked.choices().get(position));
      message.addChoices(
          Choice.newBuilder()
              .setChoice(position)
              .setPictureUrl(Pictures.path(picture))
              .setLabelJa(picture.ja())
              .setLabelEn(picture.en()));
    }
    return message.build();
  }

  private static Transaction transaction(karuta.server.challenge.Transaction transaction) {
    return Transaction.newBuilder()
        .setReference(transaction.reference())
        .setPayee(transaction.payee())
        .setAmount(transaction.amount())
        .setCurrency(transaction.currency())
        .addAllLines(transaction.lines())
        .build();
  }

  static AnswerChallengeResponse outcome(String challengeId, Outcome outcome) {
    var standing = outcome.standing();
    return AnswerChallengeResponse.newBuilder()
        .setChallengeId(challengeId)
        .setOutcome(verdict(outcome))
        .setReceipt(outcome instanceof Outcome.Passed passed ? passed.receipt() : "")
        .setCardState(CardMessages.state(standing.cardState()))
        .setAttemptsLeft(standing.attemptsLeft())
        .setDrawsLeft(standing.drawsLeft())
        .setRenewalDue(standing.renewalDue())
        .build();
  }

  private static karuta.v1.Outcome verdict(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Passed _ -> karuta.v1.Outcome.OUTCOME_PASSED;
      case Outcome.Wrong _ -> karuta.v1.Outcome.OUTCOME_WRONG;
      case Outcome.Expired _ -> karuta.v1.Outcome.OUTCOME_EXPIRED;
      case Outcome.Locked _ -> karuta.v1.Outcome.OUTCOME_LOCKED;
      case Outcome.Refused _ -> karuta.v1.Outcome.OUTCOME_REFUSED;
    };
  }

  private static ChallengeState state(karuta.server.challenge.ChallengeState state) {
    return switch (state) {
      case OPEN -> ChallengeState.OPEN;
      case PASSED -> ChallengeState.PASSED;
      case FAILED -> ChallengeState.FAILED;
      case EXPIRED -> ChallengeState.EXPIRED;
      case ABANDONED -> ChallengeState.ABANDONED;
    };
  }

  private static karuta.v1.Purpose purpose(Purpose purpose) {
    return switch (purpose) {
      case TRANSFER -> karuta.v1.Purpose.TRANSFER;
      case ACTIVATION -> karuta.v1.Purpose.ACTIVATION;
      case OTP_REGISTRATION -> karuta.v1.Purpose.OTP_REGISTRATION;
      case OTP_REMOVAL -> karuta.v1.Purpose.OTP_REMOVAL;
      case PROFILE_CHANGE -> karuta.v1.Purpose.PROFILE_CHANGE;
    };
  }

  /// The purpose a caller names.
  ///
  /// @throws CallRefused if none is named, or the one that only an activation has
  static Purpose purpose(karuta.v1.Purpose purpose) {
    return switch (purpose) {
      case TRANSFER -> Purpose.TRANSFER;
      case OTP_REGISTRATION -> Purpose.OTP_REGISTRATION;
      case OTP_REMOVAL -> Purpose.OTP_REMOVAL;
      case PROFILE_CHANGE -> Purpose.PROFILE_CHANGE;
      case ACTIVATION, PURPOSE_UNSPECIFIED, UNRECOGNIZED ->
          throw new CallRefused(Code.INVALID_FIELD, "purpose");
    };
  }
}
