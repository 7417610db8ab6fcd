package karuta.server.card;

import java.util.List;
import java.util.Optional;
import karuta.card.Subject;

/// A subject with all cards.
///
/// @param cards newest first
/// @param orderRefusal why no card may be ordered now; empty if one may
public record SubjectView(
    Subject subject, Method method, List<CardView> cards, Optional<Refusal.Code> orderRefusal) {
  public SubjectView {
    cards = List.copyOf(cards);
  }
}
