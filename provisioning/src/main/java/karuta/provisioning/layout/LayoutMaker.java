package karuta.provisioning.layout;

import java.util.Arrays;
import karuta.card.BatchId;
import karuta.card.CardId;
import karuta.card.Cell;
import karuta.card.MacInput;
import karuta.card.PaletteSeed;
import karuta.card.PictureId;

/// Derives a card's palette seed and its layout from its batch's layout key. The same key and card always give the
/// same.
///
/// The order of the two steps is the security of the card, so it must stay. **First** the palettes, from a seed the
/// server will hold: 64 pictures a cell, drawn without a look at anything secret. **Then** the secret, which of the 64,
/// six bits a cell from a stream that only the layout key gives. Were the right picture chosen first and 63 wrong ones
/// put around it, two questions about a cell would intersect to the answer, and pictures that stand right somewhere
/// would show more often than others.
///
/// One thing is given away, by the rule that no picture comes twice on a card: who knows all 50 palettes does a little
/// better than one in 64 with the picture that the fewest of them hold. `GuessByCountTest` prints how much.
public final class LayoutMaker {
  private static final String PALETTE_DOMAIN = "karuta palette v1";
  private static final String LAYOUT_DOMAIN = "karuta layout v1";

  private final StreamKey key;
  private final BatchId batch;

  public LayoutMaker(StreamKey key, BatchId batch) {
    this.key = key;
    this.batch = batch;
  }

  /// The seed of the card's palettes: HMAC("karuta palette v1" | batch | serial | generation).
  public PaletteSeed seed(CardId card) {
    try (var input = input(PALETTE_DOMAIN, card)) {
      var bytes = key.derive(input);
      try {
        return new PaletteSeed(bytes);
      } finally {
        Arrays.fill(bytes, (byte) 0);
      }
    }
  }

  /// The card's layout: each cell in order takes six bits of the stream as an index into its palette, and takes the
  /// next six while that picture already stands on the card.
  ///
  /// @param seed the card's own, from [#seed]
  public Layout layout(CardId card, PaletteSeed seed) {
    var palettes = CardPalettes.of(seed);
    var ids = new short[Cell.COUNT];
    var taken = new boolean[PictureId.COUNT];
    try (var stream = new BitStream(block -> block(card, block))) {
      for (var i = 0; i < Cell.COUNT; i++) {
        var palette = palettes.of(new Cell(i));
        do {
          ids[i] = (short) palette.at(stream.sixBits()).value();
        } while (taken[ids[i]]);
        taken[ids[i]] = true;
      }
      return Layout.of(ids);
    } finally {
      Arrays.fill(ids, (short) 0);
      Arrays.fill(taken, false);
    }
  }

  /// Stream block `number` 0, 1, ...: HMAC("karuta layout v1" | batch | serial | generation | number).
  private byte[] block(CardId card, int number) {
    try (var input = input(LAYOUT_DOMAIN, card).uint16(number)) {
      return key.derive(input);
    }
  }

  private MacInput input(String domain, CardId card) {
    return MacInput.of(domain)
        .text(batch.value())
        .text(card.serial().digits())
        .uint16(card.generation().value());
  }
}
