package karuta.bundle;

import java.util.HashSet;
import java.util.List;
import karuta.card.Cell;

/// One draw of a card as it is shipped: its number, its cells in the order asked, and the tag of the right answer.
public final class DrawRecord {
  /// Length of a tag in bytes: HMAC-SHA-256, not cut.
  public static final int TAG_BYTES = 32;

  private final int number;
  private final List<Cell> cells;
  private final byte[] tag;

  /// @param number 1-based in the book
  /// @param cells in the order asked, no cell twice
  /// @param tag 32 bytes
  public DrawRecord(int number, List<Cell> cells, byte[] tag) {
    if (number < 1 || number > 0xffff) {
      throw new IllegalArgumentException("a draw's number is 1..65535, not " + number);
    }
    if (cells.isEmpty() || new HashSet<>(cells).size() != cells.size()) {
      throw new IllegalArgumentException("draw " + number + " asks no cell, or one twice");
    }
    if (tag.length != TAG_BYTES) {
      throw new IllegalArgumentException("the tag of draw " + number + " must have 32 bytes");
    }
    this.number = number;
    this.cells = List.copyOf(cells);
    this.tag = tag.clone();
  }

  /// 1-based in the book.
  public int number() {
    return number;
  }

  /// In the order asked.
  public List<Cell> cells() {
    return cells;
  }

  /// A copy of the 32 bytes.
  public byte[] tag() {
    return tag.clone();
  }

  @Override
  public String toString() {
    return "draw " + number + " " + cells;
  }
}
