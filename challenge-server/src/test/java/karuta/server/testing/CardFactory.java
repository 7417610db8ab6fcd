package karuta.server.testing;

import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import karuta.card.BatchId;
import karuta.card.CardId;
import karuta.card.EpochId;
import karuta.card.Generation;
import karuta.card.Profile;
import karuta.card.Serial;
import karuta.card.Subject;
import karuta.server.card.CardState;
import karuta.server.store.BookRow;
import karuta.server.store.Store;

/// Makes cards: the same one for the same customer, whenever it is asked for.
public final class CardFactory {
  private static final BatchId BATCH = new BatchId("b1");

  private final Map<Ordered, PrintedCard> made = new ConcurrentHashMap<>();
  private final UnaryOperator<byte[]> tag;
  private final EpochId epoch;

  /// @param tag makes the tag of an answer's bytes
  /// @param epoch of the key that makes it
  public CardFactory(UnaryOperator<byte[]> tag, EpochId epoch) {
    this.tag = tag;
    this.epoch = epoch;
  }

  private record Ordered(Subject subject, Generation generation, Profile profile) {}

  /// The card, as its customer holds it.
  public PrintedCard card(Subject subject, Generation generation, Profile profile) {
    return made.computeIfAbsent(new Ordered(subject, generation, profile), this::make);
  }

  private PrintedCard make(Ordered ordered) {
    var random = new Random(ordered.subject().value().hashCode() + ordered.generation().value());
    var digits = String.format(Locale.ROOT, "%010d", random.nextLong(10_000_000_000L));
    return new PrintedCard(
        ordered.subject(),
        new CardId(Serial.ofRandomDigits(digits), ordered.generation()),
        ordered.profile(),
        tag,
        random);
  }

  /// Puts the book of an ordered card into the store, as an import does; false if the card is not waiting for it.
  public boolean issue(Store store, Subject subject, Generation generation, Instant at) {
    return store.change(
        tx -> {
          var row = tx.cards().lock(subject, generation).orElseThrow();
          if (row.state() != CardState.ORDERED) {
            return false;
          }
          var card = card(subject, generation, row.progress().profile());
          tx.cards().move(row, CardState.ISSUED, Optional.empty());
          tx.books().add(BookRow.of(card.book(), BATCH, epoch, "v1"));
          tx.details().issued(subject, generation, at);
          return true;
        });
  }
}
