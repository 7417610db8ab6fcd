package karuta.bundle;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import karuta.card.BatchId;
import karuta.card.CardId;
import karuta.card.Cell;
import karuta.card.EpochId;
import karuta.card.Generation;
import karuta.card.PaletteSeed;
import karuta.card.Profile;
import karuta.card.Serial;
import karuta.card.Subject;

/// Books made without a key, for tests of the format: right in shape, with tags of zeros.
public final class Books {
  private Books() {}

  public static BundleManifest manifest(Profile profile, long cards) {
    return new BundleManifest(
        new BatchId("2026-01"),
        1,
        "",
        new EpochId("e1"),
        "0123456789abcdef",
        "v1",
        "0".repeat(64),
        profile,
        cards,
        Instant.parse("2026-01-05T09:00:00Z"));
  }

  /// The book of the card with number `n`, asking cells in a simple pattern.
  public static CardBook book(Profile profile, int n) {
    return new CardBook(
        new Subject("S-" + n),
        new CardId(Serial.ofRandomDigits("%010d".formatted(n)), new Generation(1)),
        profile,
        new PaletteSeed(new byte[PaletteSeed.BYTES]),
        draws(profile));
  }

  static List<DrawRecord> draws(Profile profile) {
    var k = profile.cellsPerDraw();
    var draws = new ArrayList<DrawRecord>();
    for (var round = 0; round < profile.rounds(); round++) {
      for (var i = 0; i < profile.drawsPerRound(); i++) {
        var cells = new Cell[k];
        for (var c = 0; c < k; c++) {
          cells[c] = new Cell((i + c * profile.drawsPerRound()) % Cell.COUNT);
        }
        if (k == 2) {
          cells[1] = new Cell(25 + (i + round) % 25);
        }
        draws.add(new DrawRecord(draws.size() + 1, Arrays.asList(cells), new byte[32]));
      }
    }
    return draws;
  }
}
