package karuta.provisioning.book;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import karuta.card.Cell;
import karuta.card.MacInput;
import karuta.card.PaletteSeed;
import karuta.card.Profile;

/// The cells of every draw of a book, in the order of their numbers; they follow from the palette seed alone.
///
/// A round is a Fisher-Yates shuffle of the 50 cells, cut into groups of k from the front; what is left over at the end
/// is not asked in that round. If a group of the round, as a set, stands in an earlier round, the **whole round** is
/// shuffled anew with the next attempt number. Redrawing only the offending group would make some partitions likelier
/// than others; redrawing the round leaves every partition that repeats nothing equally likely. For 4 rounds of pairs
/// this takes about seven shuffles a book.
public final class Groups {
  private static final String DOMAIN = "karuta book round v1";
  private static final int MOST_ATTEMPTS = 0xffff;

  private Groups() {}

  /// The cells of each draw, draw 1 first, in the order in which they are asked.
  public static List<List<Cell>> of(PaletteSeed seed, Profile profile) {
    var book = new ArrayList<List<Cell>>(profile.draws());
    var used = new HashSet<Set<Cell>>();
    for (var round = 0; round < profile.rounds(); round++) {
      var groups = round(seed, profile, round, used);
      groups.forEach(group -> used.add(Set.copyOf(group)));
      book.addAll(groups);
    }
    return List.copyOf(book);
  }

  private static List<List<Cell>> round(
      PaletteSeed seed, Profile profile, int round, Set<Set<Cell>> used) {
    for (var attempt = 0; attempt <= MOST_ATTEMPTS; attempt++) {
      var groups = cut(shuffle(seed, round, attempt), profile);
      if (groups.stream().noneMatch(group -> used.contains(Set.copyOf(group)))) {
        return groups;
      }
    }
    throw new IllegalStateException("no round without a repeated group");
  }

  private static Cell[] shuffle(PaletteSeed seed, int round, int attempt) {
    var cells = new Cell[Cell.COUNT];
    Arrays.setAll(cells, Cell::new);
    try (var info = MacInput.of(DOMAIN).uint16(round).uint16(attempt)) {
      var numbers = seed.numbers(info);
      for (var i = 0; i < cells.length - 1; i++) {
        var j = i + numbers.below(cells.length - i);
        var swapped = cells[i];
        cells[i] = cells[j];
        cells[j] = swapped;
      }
    }
    return cells;
  }

  private static List<List<Cell>> cut(Cell[] cells, Profile profile) {
    var k = profile.cellsPerDraw();
    var groups = new ArrayList<List<Cell>>();
    for (var i = 0; i < profile.drawsPerRound(); i++) {
      groups.add(List.of(Arrays.copyOfRange(cells, i * k, (i + 1) * k)));
    }
    return groups;
  }
}
