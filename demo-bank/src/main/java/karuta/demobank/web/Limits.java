package karuta.demobank.web;

import karuta.v1.Card;

/// What the server's policy allows a card, as this bank has set it there: the API tells how often something happened
/// and not how often it may. Customers are warned by it before the last time; it decides nothing.
///
/// @param wrong wrong answers in a row, then the card is locked (`policy.wrong-answers`)
/// @param wrongInLife wrong answers in the card's life (`policy.wrong-answers-in-life`)
/// @param unanswered questions left unanswered in a row, then the card is suspended (`policy.abandoned-questions`)
record Limits(int wrong, int wrongInLife, int unanswered) {
  /// The server's own defaults.
  static final Limits STANDARD = new Limits(5, 30, 10);

  /// Wrong answers that remain before the card is locked.
  int attemptsLeft(Card card) {
    return Math.max(
        0, Math.min(wrong - card.getWrongAnswers(), wrongInLife - card.getWrongAnswersInLife()));
  }

  /// Questions that may still be left unanswered, the last of which suspends the card.
  ///
  /// @param already left unanswered in a row
  int unansweredLeft(int already) {
    return Math.max(0, unanswered - already);
  }
}
