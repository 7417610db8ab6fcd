package karuta.server.crash;

import static karuta.server.model.Violation.unless;

import io.vertx.core.Future;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import karuta.bundle.DrawRecord;
import karuta.card.Subject;
import karuta.client.Method;
import karuta.server.challenge.ChallengeView;
import karuta.server.challenge.ChallengeView.AskedCell;
import karuta.server.challenge.IdempotencyKey;
import karuta.server.challenge.Outcome;
import karuta.server.model.Told;
import karuta.server.model.Told.Asked;
import karuta.server.testing.PrintedCard;
import karuta.v1.ActivateCardRequest;
import karuta.v1.AnswerChallengeRequest;
import karuta.v1.AnswerChallengeResponse;
import karuta.v1.Challenge;
import karuta.v1.CreateChallengeRequest;
import karuta.v1.Purpose;
import karuta.v1.QuestionAnswer;
import karuta.v1.Transaction;

/// Somebody with a card: makes the calls of the bank's front end, each once, and writes down what was asked and told.
///
/// @param told what many of them were told, taken one at a time
record CardHolder(GuardedBank bank, Told told, Subject subject, PrintedCard card) {
  /// A new customer, whose card is on its way.
  static CardHolder of(GuardedBank bank, Told told, Subject subject) {
    return new CardHolder(bank, told, subject, bank.withMailedCard(subject));
  }

  /// An answer under its key.
  record Attempt(IdempotencyKey key, boolean right) {}

  /// Asks for the question that brings the card into use.
  Asked activate() {
    var request =
        ActivateCardRequest.newBuilder()
            .setSubject(subject.value())
            .setNoticeConfirmed(true)
            .build();
    return asked(() -> bank.frontEnd().call(Method.ACTIVATE_CARD, request));
  }

  /// Asks for the question of a transfer.
  Asked transfer(int reference) {
    var request =
        CreateChallengeRequest.newBuilder()
            .setSubject(subject.value())
            .setPurpose(Purpose.TRANSFER)
            .setTransaction(
                Transaction.newBuilder()
                    .setReference("t-" + reference)
                    .setPayee("山田 花子")
                    .setAmount("10000")
                    .setCurrency("JPY"))
            .build();
    return asked(() -> bank.frontEnd().call(Method.CREATE_CHALLENGE, request));
  }

  private Asked asked(Supplier<Challenge> call) {
    Set<String> passed;
    synchronized (told) {
      passed = told.passed();
    }
    return came(ApiReplies.view(call.get()), passed);
  }

  /// @param passed whose pass was told before this question was asked for
  private Asked came(ChallengeView view, Set<String> passed) {
    synchronized (told) {
      var known = told.question(view.id().value());
      if (known.isPresent()) {
        return known.get();
      }
      var draws = view.questions().stream().map(this::draw).toList();
      var asked = told.came(view, subject.value() + "/1", draws);
      for (var draw : draws) {
        unless(
            !passed.contains(Told.name(asked.card, draw)),
            "%s asks draw %d of %s, which had passed",
            asked,
            draw,
            asked.card);
      }
      return asked;
    }
  }

  private int draw(ChallengeView.Question question) {
    var cells = question.cells().stream().map(AskedCell::cell).toList();
    return card.book().draws().stream()
        .filter(draw -> draw.cells().equals(cells))
        .mapToInt(DrawRecord::number)
        .findFirst()
        .orElseThrow();
  }

  /// Answers, each under a key of its own, that are about to be sent.
  List<Attempt> attempts(Asked question, boolean right, int number) {
    synchronized (told) {
      var attempts =
          Stream.generate(() -> new Attempt(told.newKey(), right)).limit(number).toList();
      for (var attempt : attempts) {
        question.keys.add(attempt.key());
        question.answeredRight |= attempt.right();
        question.answeredWrong |= !attempt.right();
      }
      return attempts;
    }
  }

  /// Sends an answer, for the first time or again.
  Future<AnswerChallengeResponse> send(Asked question, Attempt attempt) {
    var choices = attempt.right() ? card.answer(question.view) : card.wrongAnswer(question.view);
    var request =
        AnswerChallengeRequest.newBuilder()
            .setChallengeId(question.view.id().value())
            .setIdempotencyKey(attempt.key().value());
    choices.forEach(one -> request.addAnswers(QuestionAnswer.newBuilder().addAllChoices(one)));
    return bank.frontEnd().send(Method.ANSWER_CHALLENGE, request.build());
  }

  /// The reply to an answer has come.
  ///
  /// @return what it says
  Outcome heard(Asked question, Attempt attempt, AnswerChallengeResponse response) {
    var outcome = ApiReplies.outcome(response);
    synchronized (told) {
      told.came(question, attempt.key(), outcome, false);
    }
    return outcome;
  }
}
