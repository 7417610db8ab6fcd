package karuta.provisioning.batch;

import java.util.List;
import karuta.card.BatchId;
import karuta.card.CardId;
import karuta.card.EpochId;
import karuta.card.Profile;
import karuta.card.Serial;
import karuta.provisioning.book.BookMaker;
import karuta.provisioning.layout.LayoutMaker;

/// Makes a batch's cards: palettes and layout from the layout key, and for each epoch a book from its book key. The
/// same subject, serial and generation always give the same card, which is how finished bundles are checked.
final class CardMaker {
  private final LayoutMaker layouts;
  private final List<BookMaker> books;

  CardMaker(BatchKeys keys, BatchId batch, List<EpochId> epochs, Profile profile) {
    this.layouts = new LayoutMaker(keys.layoutKey(), batch);
    this.books = epochs.stream().map(e -> new BookMaker(keys.bookKey(e), profile)).toList();
  }

  /// One card; the caller closes it.
  Card make(SubjectLine line, Serial serial) {
    var id = new CardId(serial, line.generation());
    var seed = layouts.seed(id);
    var layout = layouts.layout(id, seed);
    try {
      return new Card(
          books.stream().map(b -> b.book(line.subject(), id, seed, layout)).toList(), layout);
    } catch (RuntimeException | Error e) {
      layout.close();
      throw e;
    }
  }
}
