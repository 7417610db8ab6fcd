package karuta.benchmarks.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import karuta.card.Cell;
import karuta.card.MacInput;
import org.junit.jupiter.api.Test;

/// The cards that are measured are cards: what their holders see is what their books' tags are over.
class DeckTest {
  private static final SoftwareIssuer.Hmac TAG = new SoftwareIssuer.Hmac(new byte[32]);

  private final Deck deck = Deck.make(3, new byte[32], TAG);

  @Test
  void aBookIsOfTheCardInItsHoldersHand() {
    for (var card = 0; card < deck.count(); card++) {
      var number = card;
      var book = deck.book(card);
      assertThat(book.subject()).isEqualTo(Deck.subject(card));
      assertThat(book.draws()).hasSize(Deck.PROFILE.draws());
      for (var draw : book.draws()) {
        var seen = draw.cells().stream().map(cell -> deck.picture(number, cell)).toList();
        try (var answer =
            MacInput.answer(book.subject(), book.card(), draw.number(), draw.cells(), seen)) {
          assertThat(draw.tag()).isEqualTo(TAG.of(answer));
        }
      }
    }
  }

  @Test
  void cardsDiffer() {
    assertThat(
            IntStream.range(0, Cell.COUNT)
                .mapToObj(Cell::new)
                .map(cell -> deck.picture(0, cell))
                .toList())
        .isNotEqualTo(
            IntStream.range(0, Cell.COUNT)
                .mapToObj(Cell::new)
                .map(cell -> deck.picture(1, cell))
                .toList());
    assertThat(deck.book(0).card()).isNotEqualTo(deck.book(1).card());
  }

  @Test
  void nobodyIsAskedTwiceAtOnce() {
    var random = new SplittableRandom(1);
    var taken = IntStream.range(0, 3).map(_ -> deck.take(random)).toArray();
    assertThat(taken).containsExactlyInAnyOrder(0, 1, 2);
    deck.giveBack(1);
    assertThat(deck.take(random)).isEqualTo(1);
  }
}
