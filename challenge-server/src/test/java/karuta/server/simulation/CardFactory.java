package karuta.server.simulation;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import karuta.card.BatchId;
import karuta.card.CardId;
import karuta.card.Generation;
import karuta.card.Profile;
import karuta.card.Serial;
import karuta.card.Subject;
import karuta.guard.testing.FakeJudgeToken;
import karuta.server.card.CardState;
import karuta.server.store.BookRow;
import karuta.server.store.Store;
import karuta.server.testing.PrintedCard;

/// Makes cards: the same one for the same customer, whenever it is asked for.
final class CardFactory {
  private static final BatchId BATCH = new BatchId("b1");

  private final Map<Ordered, PrintedCard> made = new HashMap<>();
  private final FakeJudgeToken token;

  CardFactory(FakeJudgeToken token) {
    this.token = token;
  }

  private record Ordered(Subject subject, Generation generation, Profile profile) {}

  PrintedCard card(Subject subject, Generation generation, Profile profile) {
    return made.computeIfAbsent(new Ordered(subject, generation, profile), this::make);
  }

  private PrintedCard make(Ordered ordered) {
    var random = new Random(ordered.subject().value().hashCode() + ordered.generation().value());
    var digits = String.format(Locale.ROOT, "%010d", random.nextLong(10_000_000_000L));
    return new PrintedCard(
        ordered.subject(),
        new CardId(Serial.ofRandomDigits(digits), ordered.generation()),
        ordered.profile(),
        token::tag,
        random);
  }

  /// Puts the book of an ordered card into the store, as an import does; false if the card is not waiting for it.
  boolean issue(Store store, Subject subject, Generation generation, java.time.Instant at) {
    return store.change(
        tx -> {
          var row = tx.cards().lock(subject, generation).orElseThrow();
          if (row.state() != CardState.ORDERED) {
            return false;
          }
          var card = card(subject, generation, row.progress().profile());
          tx.cards().move(row, CardState.ISSUED, java.util.Optional.empty());
          tx.books().add(BookRow.of(card.book(), BATCH, FakeJudgeToken.EPOCH, "v1"));
          tx.details().issued(subject, generation, at);
          return true;
        });
  }
}
