package karuta.provisioning.book;

import java.util.ArrayList;
import java.util.List;
import karuta.bundle.CardBook;
import karuta.bundle.DrawRecord;
import karuta.card.CardId;
import karuta.card.Cell;
import karuta.card.MacInput;
import karuta.card.PaletteSeed;
import karuta.card.Profile;
import karuta.card.Subject;
import karuta.provisioning.layout.Layout;

/// Writes a card's book: for each draw its cells and one tag over the whole right answer.
///
/// One tag for the whole answer, bound to subject, card and draw number: a single cell cannot be checked by itself, and
/// a tag cannot be moved to another customer, card or draw.
public final class BookMaker {
  private final TagKey key;
  private final Profile profile;

  public BookMaker(TagKey key, Profile profile) {
    this.key = key;
    this.profile = profile;
  }

  /// The book of one card. The layout is only read.
  public CardBook book(Subject subject, CardId card, PaletteSeed seed, Layout layout) {
    var draws = new ArrayList<DrawRecord>(profile.draws());
    for (var cells : Groups.of(seed, profile)) {
      var number = draws.size() + 1;
      draws.add(new DrawRecord(number, cells, tag(subject, card, number, cells, layout)));
    }
    return new CardBook(subject, card, profile, seed, draws);
  }

  private byte[] tag(Subject subject, CardId card, int number, List<Cell> cells, Layout layout) {
    try (var answer = MacInput.answer(subject, card, number, cells, layout.at(cells))) {
      return key.tag(answer);
    }
  }
}
