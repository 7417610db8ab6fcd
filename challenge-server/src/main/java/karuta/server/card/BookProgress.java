package karuta.server.card;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import karuta.card.Cell;
import karuta.card.Profile;

/// How far a card has come through its book: which draws are used up, and which are its live question.
///
/// Two rules live here, and both are what a thief of some cells would break first. A live draw stays until it is
/// answered right, so nobody can ask again and again until known cells come up. A fresh draw comes, each equally
/// likely, from the unused draws of the lowest round that has one, and a used draw never comes back.
///
/// @param profile how the book is laid out
/// @param used draw n, 1-based, at bit n-1
/// @param live the draws that are asked until answered, at most two, in order
public record BookProgress(Profile profile, BitSet used, List<Integer> live) {
  /// The most draws that are live at once: two, for a step-up.
  public static final int MOST_LIVE = 2;

  public BookProgress {
    used = (BitSet) used.clone();
    live = List.copyOf(live);
    if (used.length() > profile.draws() || live.size() > MOST_LIVE) {
      throw new IllegalArgumentException("more draws than the book has");
    }
    for (var draw : live) {
      if (draw < 1 || draw > profile.draws() || used.get(draw - 1)) {
        throw new IllegalArgumentException("draw " + draw + " cannot be live");
      }
    }
  }

  /// A card whose book was not opened yet.
  public static BookProgress fresh(Profile profile) {
    return new BookProgress(profile, new BitSet(), List.of());
  }

  @Override
  public BitSet used() {
    return (BitSet) used.clone();
  }

  /// Draws that were never asked.
  public int drawsLeft() {
    return profile.draws() - used.cardinality() - live.size();
  }

  /// How many of the 50 cells were asked in the current round: what an onlooker may have learned.
  public int cellsExposed() {
    var round = currentRound();
    var first = round * profile.drawsPerRound();
    var asked = used.get(first, first + profile.drawsPerRound()).cardinality();
    asked += (int) live.stream().filter(draw -> roundOf(draw) == round).count();
    return asked * profile.cellsPerDraw();
  }

  /// The same card with at least `count` live draws, where the book still has them.
  ///
  /// @param below a uniform number below its argument
  /// @param cells the cells of a draw; two draws of one question never share a cell
  /// @return the card with `count` live draws or fewer, if the book is used up
  public BookProgress ask(int count, IntUnaryOperator below, IntFunction<List<Cell>> cells) {
    var asked = new ArrayList<>(live);
    while (asked.size() < count) {
      var candidates = candidates(asked, cells);
      if (candidates.isEmpty()) {
        break;
      }
      asked.add(candidates.get(below.applyAsInt(candidates.size())));
    }
    return new BookProgress(profile, used, asked);
  }

  /// The same card after these draws have passed, whether they are live or not.
  public BookProgress spent(List<Integer> draws) {
    var spent = used();
    draws.forEach(draw -> spent.set(draw - 1));
    return new BookProgress(
        profile, spent, live.stream().filter(draw -> !draws.contains(draw)).toList());
  }

  private List<Integer> candidates(List<Integer> asked, IntFunction<List<Cell>> cells) {
    for (var round = 0; round < profile.rounds(); round++) {
      var first = round * profile.drawsPerRound() + 1;
      var free =
          IntStream.range(first, first + profile.drawsPerRound())
              .filter(draw -> !used.get(draw - 1) && !asked.contains(draw))
              .filter(
                  draw ->
                      asked.stream()
                          .allMatch(
                              other -> Collections.disjoint(cells.apply(other), cells.apply(draw))))
              .boxed()
              .toList();
      if (!free.isEmpty()) {
        return free;
      }
    }
    return List.of();
  }

  /// The round of the question asked last or next.
  private int currentRound() {
    var draw = live.isEmpty() ? used.nextClearBit(0) + 1 : Collections.max(live);
    return roundOf(Math.min(draw, profile.rounds() * profile.drawsPerRound()));
  }

  private int roundOf(int draw) {
    return (draw - 1) / profile.drawsPerRound();
  }
}
