package karuta.provisioning.layout;

import java.util.stream.IntStream;
import karuta.card.BatchId;
import karuta.card.CardId;
import karuta.card.Cell;
import karuta.card.Generation;
import karuta.card.Palette;
import karuta.card.PictureId;
import karuta.card.Serial;
import org.jspecify.annotations.Nullable;

/// Cards made under one known key, kept open as numbers: a statistician's view nobody else gets. Nobody changes them,
/// so all tests share them.
final class ManyCards {
  static final int CARDS = 3000;

  private static @Nullable ManyCards all;

  private final int[][][] shown;
  private final int[][] right;

  private ManyCards(int[][][] shown, int[][] right) {
    this.shown = shown;
    this.right = right;
  }

  /// Palettes: picture ids by card, cell and index.
  int[][][] shown() {
    return shown;
  }

  /// Layouts: picture ids by card and cell.
  int[][] right() {
    return right;
  }

  /// The same cards every time, made when first asked for. Not when the class is loaded: the threads that help to make
  /// them would wait for that to be over, and it for them.
  static synchronized ManyCards all() {
    if (all == null) {
      all = make();
    }
    return all;
  }

  private static ManyCards make() {
    var maker = new LayoutMaker(PlainKey.named("statistics"), new BatchId("statistics"));
    var shown = new int[CARDS][][];
    var right = new int[CARDS][];
    IntStream.range(0, CARDS)
        .parallel()
        .forEach(
            n -> {
              var card = new CardId(Serial.ofRandomDigits("%010d".formatted(n)), new Generation(1));
              var seed = maker.seed(card);
              var palettes =
                  IntStream.range(0, Cell.COUNT)
                      .mapToObj(i -> Palette.of(seed, new Cell(i)))
                      .toList();
              shown[n] =
                  palettes.stream()
                      .map(p -> p.pictures().stream().mapToInt(PictureId::value).toArray())
                      .toArray(int[][]::new);
              try (var layout = maker.layout(card, seed)) {
                right[n] =
                    IntStream.range(0, Cell.COUNT)
                        .map(i -> layout.at(new Cell(i)).value())
                        .toArray();
              }
            });
    return new ManyCards(shown, right);
  }

  /// How many of a card's palettes hold each picture.
  int[] timesShown(int card) {
    var times = new int[PictureId.COUNT];
    for (var palette : shown[card]) {
      for (var id : palette) {
        times[id]++;
      }
    }
    return times;
  }
}
