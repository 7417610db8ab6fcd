package karuta.server.lifecycle;

import java.util.List;
import java.util.Optional;
import karuta.card.Profile;
import karuta.card.Subject;
import karuta.server.audit.AuditEvent;
import karuta.server.card.CardState;
import karuta.server.card.Method;
import karuta.server.card.Refusal;
import karuta.server.store.AuditedTx;
import karuta.server.store.CardRow;

/// Opens an order: by a caller, or by the server when a card's book runs low.
public final class Ordering {
  private Ordering() {}

  /// Why no card may be ordered for a subject now; empty if one may.
  public static Optional<Refusal.Code> refusal(Method method, List<CardRow> cards) {
    if (method == Method.ONE_TIME_PASSWORD) {
      return Optional.of(Refusal.Code.NOT_ELIGIBLE);
    }
    return underWay(cards).map(card -> Refusal.Code.ORDER_OPEN);
  }

  /// The card that is on its way to the subject: ordered, issued or mailed. There is at most one.
  public static Optional<CardRow> underWay(List<CardRow> cards) {
    return cards.stream()
        .filter(
            card ->
                card.state() == CardState.ORDERED
                    || card.state() == CardState.ISSUED
                    || card.state() == CardState.MAILED)
        .findFirst();
  }

  /// Adds an ordered card. The subject's row is held and no other card is under way.
  public static void open(AuditedTx journal, Subject subject, Profile profile, String why) {
    var tx = journal.tx();
    var generation = tx.subjects().nextGeneration(subject);
    tx.cards().order(subject, generation, profile, journal.now());
    tx.details().add(subject, generation);
    journal.note(subject, generation, AuditEvent.CARD_ORDERED, why);
  }
}
