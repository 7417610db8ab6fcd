package karuta.server.card;

import java.util.List;
import karuta.bundle.DrawRecord;
import karuta.card.BatchId;
import karuta.card.EpochId;
import karuta.card.PaletteSeed;
import karuta.card.Subject;

/// Everything the server stores about one card. The layout is not in it, because the server does not have it.
///
/// @param catalogue the name of the catalogue, for example `v1`
public record CardRecord(
    Subject subject,
    CardView card,
    BatchId batch,
    EpochId epoch,
    String catalogue,
    PaletteSeed seed,
    List<Draw> draws) {
  public CardRecord {
    draws = List.copyOf(draws);
  }

  /// One draw of the book and where it stands.
  ///
  /// @param used answered right; never asked again
  /// @param current a live question of the card: asked again until it is answered
  public record Draw(DrawRecord record, boolean used, boolean current) {}
}
