package karuta.provisioning.book;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import karuta.card.Cell;
import karuta.card.PaletteSeed;
import karuta.card.Profile;
import karuta.provisioning.layout.ChiSquare;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GroupsTest {
  private static final int BOOKS = 5000;

  @ParameterizedTest
  @EnumSource(Profile.class)
  void noCellComesTwiceInARoundAndNoGroupTwiceInABook(Profile profile) {
    for (var book : books(profile)) {
      assertThat(book).hasSize(profile.draws());
      var groups = new HashSet<Set<Cell>>();
      for (var round = 0; round < profile.rounds(); round++) {
        var cells = new HashSet<Cell>();
        for (var group : round(book, profile, round)) {
          assertThat(group).hasSize(profile.cellsPerDraw());
          assertThat(cells.addAll(group)).isTrue();
          assertThat(groups.add(Set.copyOf(group))).isTrue();
        }
        assertThat(cells).hasSize(profile.drawsPerRound() * profile.cellsPerDraw());
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void everyPlaceOfEveryRoundIsEvenOverTheCells(Profile profile) {
    var all = new ArrayList<long[]>();
    for (var draw = 0; draw < profile.draws(); draw++) {
      for (var place = 0; place < profile.cellsPerDraw(); place++) {
        var counts = new long[Cell.COUNT];
        for (var book : books(profile)) {
          counts[book.get(draw).get(place).index()]++;
        }
        assertThat(ChiSquare.deviation(counts))
            .as("draw %d, place %d", draw + 1, place)
            .isLessThan(ChiSquare.LIMIT);
        all.add(counts);
      }
    }
    assertThat(ChiSquare.together(all)).as("all places").isLessThan(ChiSquare.LIMIT);
  }

  /// Over all pairs, in each round by itself: avoiding the pairs of earlier rounds must not favour any.
  @Test
  void everyPairIsAskedAsOftenAsAnyOtherInEachRound() {
    for (var round = 0; round < Profile.STANDARD.rounds(); round++) {
      var counts = new long[Cell.COUNT * (Cell.COUNT - 1) / 2];
      for (var book : books(Profile.STANDARD)) {
        for (var pair : round(book, Profile.STANDARD, round)) {
          var sorted = pair.stream().sorted(Comparator.reverseOrder()).toList();
          var high = sorted.getFirst().index();
          counts[high * (high - 1) / 2 + sorted.getLast().index()]++;
        }
      }
      assertThat(ChiSquare.deviation(counts)).as("round %d", round).isLessThan(ChiSquare.LIMIT);
    }
  }

  @Test
  void theSameSeedGivesTheSameBook() {
    assertThat(Groups.of(seed(1), Profile.STANDARD))
        .isEqualTo(Groups.of(seed(1), Profile.STANDARD));
    assertThat(Groups.of(seed(1), Profile.STANDARD))
        .isNotEqualTo(Groups.of(seed(2), Profile.STANDARD));
  }

  private static final List<List<List<Cell>>> STANDARD = make(Profile.STANDARD);
  private static final List<List<List<Cell>>> NIST = make(Profile.NIST_800_63B);

  private static List<List<List<Cell>>> books(Profile profile) {
    return switch (profile) {
      case STANDARD -> STANDARD;
      case NIST_800_63B -> NIST;
    };
  }

  private static List<List<List<Cell>>> make(Profile profile) {
    return IntStream.range(0, BOOKS).mapToObj(n -> Groups.of(seed(n), profile)).toList();
  }

  private static List<List<Cell>> round(List<List<Cell>> book, Profile profile, int round) {
    var draws = profile.drawsPerRound();
    return new ArrayList<>(book.subList(round * draws, (round + 1) * draws));
  }

  private static PaletteSeed seed(int n) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      return new PaletteSeed(
          digest.digest(("book " + n).getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
