package karuta.demobank.web;

import static java.util.stream.Collectors.toSet;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import karuta.v1.Card;
import karuta.v1.CardState;
import karuta.v1.Subject;

/// One line of the service list.
///
/// @param name of its texts
/// @param path of its page, below `/services/`
/// @param why it cannot be used now, the end of a text's key; empty if it can
/// @param grave whether it does what the customer cannot undo
record Service(String name, String path, String why, boolean grave) {
  private static final Set<CardState> STOPPABLE =
      Set.of(CardState.ISSUED, CardState.MAILED, CardState.ACTIVE, CardState.LOCKED);

  /// The list for a customer as they stand.
  ///
  /// @param inHand whether a card is in the customer's hands
  static List<Service> all(Subject subject, Predicate<Card> inHand) {
    var wallet = new Wallet(subject);
    var arrived =
        wallet.onItsWay().filter(card -> card.getState() == CardState.MAILED).filter(inHand);
    return List.of(
        new Service("order", "order", subject.getOrderRefusal(), false),
        new Service("way", "card", wallet.newest().isEmpty() ? "no-order" : "", false),
        new Service("switch", "switch", arrived.isEmpty() ? "not-arrived" : "", false),
        new Service("lost", "lost", stopped(subject), true));
  }

  /// Why no card can be stopped.
  private static String stopped(Subject subject) {
    var states = subject.getCardsList().stream().map(Card::getState).collect(toSet());
    if (!Collections.disjoint(states, STOPPABLE)) {
      return "";
    }
    return states.contains(CardState.SUSPENDED) ? "suspended" : "no-card";
  }
}
