package karuta.server.answer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import karuta.card.Cell;
import karuta.card.Profile;
import karuta.server.card.BookProgress;
import org.junit.jupiter.api.Test;

class BookProgressTest {
  private static final int TRIALS = 40_000;

  private final IntUnaryOperator random = new Random(7)::nextInt;

  @Test
  void freshDrawsAreUniformOverTheUnusedDrawsOfTheRound() {
    var used = new BitSet();
    used.set(0, 20);
    used.clear(3);
    used.clear(11);
    var progress = new BookProgress(Profile.STANDARD, used, List.of());
    var counts = new int[Profile.STANDARD.draws() + 1];

    for (var i = 0; i < TRIALS; i++) {
      counts[progress.ask(1, random, BookProgressTest::cells).live().getFirst()]++;
    }

    var candidates = List.of(4, 12, 21, 22, 23, 24, 25);
    var expected = (double) TRIALS / candidates.size();
    double chiSquare = 0;
    for (var draw = 1; draw < counts.length; draw++) {
      if (candidates.contains(draw)) {
        chiSquare += Math.pow(counts[draw] - expected, 2) / expected;
      } else {
        assertThat(counts[draw]).as("draw %d", draw).isZero();
      }
    }
    // 99.9 % quantile of chi square with 6 degrees of freedom; the seed is fixed.
    assertThat(chiSquare).isLessThan(22.46);
  }

  @Test
  void aLiveDrawStaysWhateverIsAsked() {
    var once = BookProgress.fresh(Profile.STANDARD).ask(1, random, BookProgressTest::cells);

    for (var i = 0; i < 100; i++) {
      assertThat(once.ask(1, random, BookProgressTest::cells)).isEqualTo(once);
    }
    assertThat(once.ask(2, random, BookProgressTest::cells).live())
        .startsWith(once.live().getFirst());
  }

  @Test
  void twoDrawsOfAQuestionNeverShareACellEvenAcrossRounds() {
    for (var last = 1; last <= 25; last++) {
      var used = new BitSet();
      used.set(0, 25);
      used.clear(last - 1);
      var progress = new BookProgress(Profile.STANDARD, used, List.of());

      for (var i = 0; i < 50; i++) {
        var live = progress.ask(2, random, BookProgressTest::cells).live();
        assertThat(live.getFirst()).isEqualTo(last);
        assertThat(live.get(1)).isBetween(26, 50);
        assertThat(cells(live.get(1))).doesNotContainAnyElementsOf(cells(last));
      }
    }
  }

  @Test
  void anExhaustedBookAsksNothing() {
    var used = new BitSet();
    used.set(0, 12);

    var progress = new BookProgress(Profile.NIST_800_63B, used, List.of());

    assertThat(progress.drawsLeft()).isZero();
    assertThat(progress.ask(1, random, BookProgressTest::cells).live()).isEmpty();
    assertThat(progress.cellsExposed()).isEqualTo(48);
  }

  @Test
  void exposureIsCountedWithinTheRound() {
    var progress = BookProgress.fresh(Profile.STANDARD);
    assertThat(progress.cellsExposed()).isZero();
    for (var i = 1; i <= 25; i++) {
      progress = progress.ask(1, random, BookProgressTest::cells);
      assertThat(progress.cellsExposed()).isEqualTo(2 * i);
      progress = progress.spent(progress.live().subList(0, 1));
    }

    assertThat(progress.cellsExposed()).isZero();
    assertThat(progress.drawsLeft()).isEqualTo(75);
  }

  /// Round r pairs cell i with cell 25 + (i + r) mod 25.
  private static List<Cell> cells(int draw) {
    var round = (draw - 1) / 25;
    var i = (draw - 1) % 25;
    return List.of(new Cell(i), new Cell(25 + (i + round) % 25));
  }
}
