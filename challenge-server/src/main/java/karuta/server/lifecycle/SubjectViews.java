package karuta.server.lifecycle;

import java.util.Optional;
import karuta.card.Generation;
import karuta.card.Serial;
import karuta.card.Subject;
import karuta.server.card.CardView;
import karuta.server.card.Refusal;
import karuta.server.card.SubjectView;
import karuta.server.challenge.Policy;
import karuta.server.store.BookRow;
import karuta.server.store.CardRow;
import karuta.server.store.Tx;

/// Tells what is stored of a subject in the words of the API.
final class SubjectViews {
  private final Policy policy;

  SubjectViews(Policy policy) {
    this.policy = policy;
  }

  SubjectView of(Tx tx, Subject subject) {
    var method = tx.subjects().method(subject).orElseThrow(() -> unknown(subject));
    var cards = tx.cards().of(subject);
    return new SubjectView(
        subject,
        method,
        cards.stream().map(card -> of(tx, card)).toList(),
        Ordering.refusal(method, cards));
  }

  CardView of(Tx tx, CardRow card) {
    var details = tx.details().find(card.subject(), card.generation());
    Optional<Serial> serial =
        tx.books().find(card.subject(), card.generation()).map(BookRow::serial);
    var progress = card.progress();
    var drawsLeft = serial.isPresent() ? progress.drawsLeft() : 0;
    return new CardView(
        card.generation(),
        serial,
        card.state(),
        progress.profile(),
        card.orderedAt(),
        details.issuedAt(),
        details.mailedAt(),
        details.activatedAt(),
        details.endedAt(),
        details.trackingNumber(),
        details.reason(),
        card.wrongAnswers(),
        card.wrongInLife(),
        card.abandoned(),
        drawsLeft,
        card.inUse() && policy.renewalDue(progress.profile(), drawsLeft, card.wrongInLife()),
        progress.cellsExposed());
  }

  static void requireKnown(Tx tx, Subject subject) {
    if (tx.subjects().method(subject).isEmpty()) {
      throw unknown(subject);
    }
  }

  /// Why a card is not there: its subject is not, or has fewer.
  static Refusal noCard(Tx tx, Subject subject, Generation generation) {
    return tx.subjects().method(subject).isEmpty()
        ? unknown(subject)
        : new Refusal(Refusal.Code.CARD_NOT_FOUND, "the subject has no card " + generation.value());
  }

  static Refusal unknown(Subject subject) {
    return new Refusal(Refusal.Code.UNKNOWN_SUBJECT, "subject " + subject + " is not registered");
  }
}
