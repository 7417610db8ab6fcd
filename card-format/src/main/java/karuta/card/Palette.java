package karuta.card;

import java.util.Arrays;
import java.util.List;

/// The 64 pictures shown for one cell of one card, for ever the same set in the same inner order.
///
/// They are the first 64 of a Fisher-Yates shuffle of the 512 ids, driven by the card's seed and the cell. The palette
/// is drawn **before** the secret and without looking at it: which of the 64 is right is decided elsewhere, by a key.
/// Were it built around the right picture instead, comparing palettes would give the picture away.
public final class Palette {
  /// Pictures of a palette.
  public static final int SIZE = 64;

  private final int[] ids;

  private Palette(int[] ids) {
    this.ids = ids;
  }

  /// The palette of `cell` on the card with `seed`.
  public static Palette of(PaletteSeed seed, Cell cell) {
    var ids = new int[PictureId.COUNT];
    Arrays.setAll(ids, i -> i);
    try (var info = MacInput.of("karuta palette cell v1").uint16(cell.index())) {
      var numbers = seed.numbers(info);
      for (var i = 0; i < SIZE; i++) {
        var j = i + numbers.below(PictureId.COUNT - i);
        var swapped = ids[i];
        ids[i] = ids[j];
        ids[j] = swapped;
      }
    }
    return new Palette(Arrays.copyOf(ids, SIZE));
  }

  /// The picture at `index` 0..63.
  public PictureId at(int index) {
    return new PictureId(ids[index]);
  }

  /// Where `picture` stands, or -1 if it is not in this palette.
  public int indexOf(PictureId picture) {
    for (var i = 0; i < SIZE; i++) {
      if (ids[i] == picture.value()) {
        return i;
      }
    }
    return -1;
  }

  /// All 64, in order.
  public List<PictureId> pictures() {
    return Arrays.stream(ids).mapToObj(PictureId::new).toList();
  }
}
