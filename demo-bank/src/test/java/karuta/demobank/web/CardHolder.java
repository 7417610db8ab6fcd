package karuta.demobank.web;

import static org.assertj.core.api.Assertions.assertThat;

import karuta.demobank.Stack;
import karuta.v1.Outcome;

/// A registered customer whose card has been ordered, made, mailed and switched on by the calls that the bank makes for
/// it.
final class CardHolder {
  private CardHolder() {}

  /// Takes the customer to their card.
  ///
  /// @return the card's number, with its check digit
  static String of(Stack stack, String subject) {
    var front = stack.karuta().frontEnd();
    front.order(subject);
    stack.makeCards();
    var card = front.subject(subject).getCardsList().getFirst();
    stack.karuta().backOffice().mail(subject, card.getGeneration(), "RR-1001");
    var challenge = front.activate(subject);
    var choices =
        challenge.getQuestionsList().stream()
            .map(
                question ->
                    question.getCellsList().stream()
                        .map(cell -> stack.rightChoice(card.getSerial(), cell))
                        .toList())
            .toList();
    var answered = front.answer(challenge.getChallengeId(), "switch-" + subject, choices);
    assertThat(answered.getOutcome()).isEqualTo(Outcome.OUTCOME_PASSED);
    return card.getSerial();
  }
}
