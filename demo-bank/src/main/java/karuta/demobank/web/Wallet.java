package karuta.demobank.web;

import java.util.Optional;
import karuta.v1.Card;
import karuta.v1.CardState;
import karuta.v1.Subject;

/// Reads a customer's cards, newest first as the API gives them, for what a page asks of them.
final class Wallet {
  private final Subject subject;

  Wallet(Subject subject) {
    this.subject = subject;
  }

  /// The card transfers are confirmed with: switched on once, and not over.
  Optional<Card> inUse() {
    return subject.getCardsList().stream()
        .filter(Card::hasActivatedAt)
        .filter(
            card ->
                switch (card.getState()) {
                  case ACTIVE, LOCKED, SUSPENDED -> true;
                  default -> false;
                })
        .findFirst();
  }

  /// The card on its way to its first use: ordered, made, mailed, or stopped before it was switched on.
  Optional<Card> onItsWay() {
    return subject.getCardsList().stream()
        .findFirst()
        .filter(card -> !card.hasActivatedAt())
        .filter(
            card ->
                switch (card.getState()) {
                  case ORDERED, ISSUED, MAILED, LOCKED, SUSPENDED -> true;
                  default -> false;
                });
  }

  /// The newest card that can be looked at on paper: the one on its way once it has arrived, else the one in use.
  Optional<Card> newest() {
    return subject.getCardsList().stream().findFirst();
  }

  /// Whether one of the cards has that number.
  Optional<Card> bySerial(String serial) {
    return subject.getCardsList().stream()
        .filter(card -> card.getSerial().equals(serial))
        .findFirst();
  }

  static boolean is(Optional<Card> card, CardState state) {
    return card.map(Card::getState).filter(state::equals).isPresent();
  }
}
