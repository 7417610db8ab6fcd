package karuta.server.challenge;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import karuta.card.MacInput;
import karuta.card.Palette;
import karuta.card.PaletteSeed;
import karuta.card.PictureId;

/// The order in which a challenge shows the pictures of its palettes: a shuffle of its own for each cell, drawn from 32
/// random bytes that belong to this challenge alone.
///
/// An answer names positions in this order, so what is sent means nothing outside the challenge and links no two
/// customers or questions.
public final class ScreenOrder {
  /// Length of the seed in bytes.
  public static final int BYTES = PaletteSeed.BYTES;

  private final PaletteSeed seed;

  public ScreenOrder(byte[] seed) {
    this.seed = new PaletteSeed(seed);
  }

  /// A new order.
  public static ScreenOrder fresh(RandomGenerator random) {
    var bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return new ScreenOrder(bytes);
  }

  /// The pictures of `palette` as shown for cell `cell` (0-based) of question `question` (0-based).
  public List<PictureId> shown(int question, int cell, Palette palette) {
    var pictures = new ArrayList<>(palette.pictures());
    try (var info = MacInput.of("karuta screen v1").uint16(question).uint16(cell)) {
      var numbers = seed.numbers(info);
      for (var i = pictures.size(); i > 1; i--) {
        Collections.swap(pictures, i - 1, numbers.below(i));
      }
    }
    return List.copyOf(pictures);
  }

  /// A copy of the seed.
  public byte[] toBytes() {
    return seed.toBytes();
  }
}
