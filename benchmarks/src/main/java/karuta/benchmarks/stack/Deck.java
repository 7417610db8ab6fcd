package karuta.benchmarks.stack;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import karuta.bundle.CardBook;
import karuta.card.BatchId;
import karuta.card.CardId;
import karuta.card.Cell;
import karuta.card.Generation;
import karuta.card.PictureId;
import karuta.card.Profile;
import karuta.card.Serial;
import karuta.card.Subject;
import karuta.provisioning.book.BookMaker;
import karuta.provisioning.layout.LayoutMaker;

/// The cards of a measurement, by number from 0: each customer has one, and one question at a time is put to them.
public final class Deck {
  /// What all of them are made in.
  static final BatchId BATCH = new BatchId("measured");

  static final Profile PROFILE = Profile.STANDARD;

  private final int count;
  private final LayoutMaker layouts;
  private final BookMaker books;

  /// 50 picture numbers a card.
  private final short[] pictures;

  private final AtomicIntegerArray busy;

  private Deck(int count, LayoutMaker layouts, BookMaker books) {
    this.count = count;
    this.layouts = layouts;
    this.books = books;
    this.pictures = new short[count * Cell.COUNT];
    this.busy = new AtomicIntegerArray(count);
  }

  /// Cards by keys in software: their layouts are made now, their books when they are asked for.
  ///
  /// @param layoutKey any 32 bytes
  static Deck make(int count, byte[] layoutKey, SoftwareIssuer.Hmac tag) {
    var stream = new SoftwareIssuer.Hmac(layoutKey);
    var deck = new Deck(count, new LayoutMaker(stream::of, BATCH), new BookMaker(tag::of, PROFILE));
    IntStream.range(0, count).parallel().forEach(deck::lay);
    return deck;
  }

  private void lay(int card) {
    var id = id(card);
    try (var layout = layouts.layout(id, layouts.seed(id))) {
      for (var cell = 0; cell < Cell.COUNT; cell++) {
        pictures[card * Cell.COUNT + cell] = (short) layout.at(new Cell(cell)).value();
      }
    }
  }

  /// How many there are.
  public int count() {
    return count;
  }

  /// Whose card it is.
  public static Subject subject(int card) {
    return new Subject(String.format(Locale.ROOT, "S-%07d", card));
  }

  private static CardId id(int card) {
    var serial = Serial.ofRandomDigits(String.format(Locale.ROOT, "%010d", card));
    return new CardId(serial, new Generation(1));
  }

  /// Its book.
  CardBook book(int card) {
    var id = id(card);
    var seed = layouts.seed(id);
    try (var layout = layouts.layout(id, seed)) {
      return books.book(subject(card), id, seed, layout);
    }
  }

  /// The picture that is printed in a cell.
  public PictureId picture(int card, Cell cell) {
    return new PictureId(pictures[card * Cell.COUNT + cell.index()]);
  }

  /// A card at random that nobody is asked about; whoever gets it gives it back.
  public int take(RandomGenerator random) {
    while (true) {
      var card = random.nextInt(count);
      if (busy.compareAndSet(card, 0, 1)) {
        return card;
      }
    }
  }

  /// Gives a card back.
  public void giveBack(int card) {
    busy.set(card, 0);
  }

  /// All subjects, in the order of their cards.
  static List<Subject> subjects(int from, int to) {
    return IntStream.range(from, to).mapToObj(Deck::subject).toList();
  }
}
