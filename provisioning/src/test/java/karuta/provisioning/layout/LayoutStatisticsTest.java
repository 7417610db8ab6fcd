package karuta.provisioning.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.stream.IntStream;
import karuta.card.Cell;
import karuta.card.Palette;
import karuta.card.PictureId;
import org.junit.jupiter.api.Test;

/// 3,000 cards, 150,000 cells, always the same ones.
class LayoutStatisticsTest {
  private static final ManyCards CARDS = ManyCards.all();

  @Test
  void noPictureStandsTwiceOnACard() {
    for (var card : CARDS.right()) {
      assertThat(Arrays.stream(card).distinct().count()).isEqualTo(Cell.COUNT);
    }
  }

  @Test
  void theRightPictureIsInItsPalette() {
    for (var n = 0; n < ManyCards.CARDS; n++) {
      for (var cell = 0; cell < Cell.COUNT; cell++) {
        assertThat(CARDS.shown()[n][cell]).contains(CARDS.right()[n][cell]);
      }
    }
  }

  @Test
  void everyCellIsEvenOverThePictures() {
    var all = new ArrayList<long[]>();
    for (var cell = 0; cell < Cell.COUNT; cell++) {
      var counts = new long[PictureId.COUNT];
      for (var card : CARDS.right()) {
        counts[card[cell]]++;
      }
      assertThat(ChiSquare.deviation(counts)).as("cell %d", cell).isLessThan(ChiSquare.LIMIT);
      all.add(counts);
    }
    assertThat(ChiSquare.together(all)).as("all cells").isLessThan(ChiSquare.LIMIT);
  }

  /// Over all cells and palettes, where the smallest tilt shows: 9.6 million pictures.
  @Test
  void everyPictureIsShownAndRightAsOftenAsAnyOther() {
    var right = new long[PictureId.COUNT];
    var shown = new long[PictureId.COUNT];
    for (var n = 0; n < ManyCards.CARDS; n++) {
      for (var cell = 0; cell < Cell.COUNT; cell++) {
        right[CARDS.right()[n][cell]]++;
        for (var id : CARDS.shown()[n][cell]) {
          shown[id]++;
        }
      }
    }
    assertThat(ChiSquare.deviation(right)).as("right").isLessThan(ChiSquare.LIMIT);
    assertThat(ChiSquare.deviation(shown)).as("shown").isLessThan(ChiSquare.LIMIT);
  }

  @Test
  void theRightPictureIsEvenOverThePositionsOfItsPalette() {
    assertThat(ChiSquare.deviation(positions(CARDS.right()))).isLessThan(ChiSquare.LIMIT);
  }

  @Test
  void theRightPictureIsShownAboutAsOftenAsAnyOther() {
    var tilt = tilt(CARDS.right(), CARDS);
    System.out.printf("right pictures are shown %+.2f %% as often as wrong ones%n", 100 * tilt);
    assertThat(Math.abs(tilt)).isLessThan(0.01);
  }

  /// A cell whose picture stands on the card already must draw again, not step on: stepping on would favour whatever
  /// stands in the palette behind a picture of an earlier cell, and spread that evenly over all positions.
  @Test
  void noNeighbourInThePaletteTellsWhereTheRightPictureIs() {
    var before = 0L;
    var behind = 0L;
    for (var n = 0; n < ManyCards.CARDS; n++) {
      var taken = new boolean[PictureId.COUNT];
      for (var cell = 0; cell < Cell.COUNT; cell++) {
        var palette = CARDS.shown()[n][cell];
        var right = index(palette, CARDS.right()[n][cell]);
        before += taken[palette[(right + Palette.SIZE - 1) % Palette.SIZE]] ? 1 : 0;
        behind += taken[palette[(right + 1) % Palette.SIZE]] ? 1 : 0;
        taken[palette[right]] = true;
      }
    }
    assertThat(Math.abs(before - behind) / Math.sqrt((double) (before + behind)))
        .isLessThan(ChiSquare.LIMIT);
  }

  /// Guards the tests above: what must be found is found, on cards made wrongly on purpose.
  @Test
  void leaksAreFound() {
    var lowPositions = new int[ManyCards.CARDS][Cell.COUNT];
    var oftenShown = new int[ManyCards.CARDS][Cell.COUNT];
    for (var n = 0; n < ManyCards.CARDS; n++) {
      var times = CARDS.timesShown(n);
      for (var cell = 0; cell < Cell.COUNT; cell++) {
        var palette = CARDS.shown()[n][cell];
        var right = CARDS.right()[n][cell];
        var other = palette[(right * 31 + cell) % Palette.SIZE];
        // One cell in twenty looks only at the first half of its palette.
        lowPositions[n][cell] =
            (n + cell) % 20 == 0 ? palette[(right + n) % (Palette.SIZE / 2)] : right;
        // The right one and another, whichever is shown more: what a palette built around the
        // answer looks like.
        oftenShown[n][cell] = times[other] > times[right] ? other : right;
      }
    }
    assertThat(ChiSquare.deviation(positions(lowPositions))).isGreaterThan(ChiSquare.LIMIT);
    assertThat(tilt(oftenShown, CARDS)).isGreaterThan(0.05);
  }

  private static long[] positions(int[][] right) {
    var counts = new long[Palette.SIZE];
    for (var n = 0; n < right.length; n++) {
      for (var cell = 0; cell < Cell.COUNT; cell++) {
        var id = right[n][cell];
        var palette = CARDS.shown()[n][cell];
        counts[index(palette, id)]++;
      }
    }
    return counts;
  }

  private static int index(int[] palette, int id) {
    return IntStream.range(0, Palette.SIZE).filter(i -> palette[i] == id).findFirst().orElseThrow();
  }

  /// How much more often right pictures are shown on their card's palettes than the pictures beside them, as a
  /// fraction.
  private static double tilt(int[][] right, ManyCards cards) {
    var ofRight = 0.0;
    var ofAll = 0.0;
    for (var n = 0; n < right.length; n++) {
      var times = cards.timesShown(n);
      for (var cell = 0; cell < Cell.COUNT; cell++) {
        ofRight += times[right[n][cell]];
        ofAll += Arrays.stream(cards.shown()[n][cell]).map(id -> times[id]).average().orElseThrow();
      }
    }
    return ofRight / ofAll - 1;
  }
}
