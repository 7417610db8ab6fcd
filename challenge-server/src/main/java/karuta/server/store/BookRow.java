package karuta.server.store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import karuta.bundle.CardBook;
import karuta.bundle.DrawRecord;
import karuta.card.BatchId;
import karuta.card.CardId;
import karuta.card.Cell;
import karuta.card.EpochId;
import karuta.card.Generation;
import karuta.card.PaletteSeed;
import karuta.card.Profile;
import karuta.card.Serial;
import karuta.card.Subject;

/// A card's book as it is stored: draws as records of equal length, the cells one byte each, then the tag.
public final class BookRow {
  private final Subject subject;
  private final CardId card;
  private final BatchId batch;
  private final EpochId epoch;
  private final String catalogue;
  private final PaletteSeed seed;
  private final byte[] draws;

  BookRow(
      Subject subject,
      CardId card,
      BatchId batch,
      EpochId epoch,
      String catalogue,
      PaletteSeed seed,
      byte[] draws) {
    this.subject = subject;
    this.card = card;
    this.batch = batch;
    this.epoch = epoch;
    this.catalogue = catalogue;
    this.seed = seed;
    this.draws = draws;
  }

  /// The row of a book that came in a bundle.
  public static BookRow of(CardBook book, BatchId batch, EpochId epoch, String catalogue) {
    var length = book.profile().cellsPerDraw() + DrawRecord.TAG_BYTES;
    var bytes = new byte[book.draws().size() * length];
    var at = 0;
    for (var draw : book.draws()) {
      for (var cell : draw.cells()) {
        bytes[at++] = (byte) cell.index();
      }
      System.arraycopy(draw.tag(), 0, bytes, at, DrawRecord.TAG_BYTES);
      at += DrawRecord.TAG_BYTES;
    }
    return new BookRow(book.subject(), book.card(), batch, epoch, catalogue, book.seed(), bytes);
  }

  public Subject subject() {
    return subject;
  }

  public CardId card() {
    return card;
  }

  public Generation generation() {
    return card.generation();
  }

  public Serial serial() {
    return card.serial();
  }

  public BatchId batch() {
    return batch;
  }

  public EpochId epoch() {
    return epoch;
  }

  public String catalogue() {
    return catalogue;
  }

  public PaletteSeed seed() {
    return seed;
  }

  /// Draw `number`, 1-based.
  public DrawRecord draw(Profile profile, int number) {
    var k = profile.cellsPerDraw();
    var from = (number - 1) * (k + DrawRecord.TAG_BYTES);
    List<Cell> cells = new ArrayList<>(k);
    for (var i = 0; i < k; i++) {
      cells.add(new Cell(draws[from + i]));
    }
    var tag = Arrays.copyOfRange(draws, from + k, from + k + DrawRecord.TAG_BYTES);
    return new DrawRecord(number, cells, tag);
  }

  byte[] draws() {
    return draws;
  }
}
