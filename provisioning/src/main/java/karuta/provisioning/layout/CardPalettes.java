package karuta.provisioning.layout;

import java.util.List;
import java.util.stream.IntStream;
import karuta.card.Cell;
import karuta.card.Palette;
import karuta.card.PaletteSeed;

/// The 50 palettes of one card. No secret: whoever holds the seed can derive them.
final class CardPalettes {
  private final List<Palette> palettes;

  private CardPalettes(List<Palette> palettes) {
    this.palettes = palettes;
  }

  static CardPalettes of(PaletteSeed seed) {
    return new CardPalettes(
        IntStream.range(0, Cell.COUNT).mapToObj(i -> Palette.of(seed, new Cell(i))).toList());
  }

  Palette of(Cell cell) {
    return palettes.get(cell.index());
  }
}
