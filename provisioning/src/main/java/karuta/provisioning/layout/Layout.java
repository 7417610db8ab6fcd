package karuta.provisioning.layout;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import karuta.card.Cell;
import karuta.card.PictureId;

/// The 50 pictures of one card, no picture twice.
///
/// A secret: it has no `toString`, is compared by nobody, and [#close] wipes it. Readers take a picture at a time and
/// keep none: [#at] hands out the same 512 objects to everybody, so nothing that was asked here is left behind as an
/// object of its own.
public final class Layout implements AutoCloseable {
  private static final List<PictureId> PICTURES =
      IntStream.range(0, PictureId.COUNT).mapToObj(PictureId::new).toList();

  private final short[] ids;
  private boolean wiped;

  private Layout(short[] ids) {
    this.ids = ids;
  }

  /// Takes a copy of 50 picture numbers in cell order; the caller wipes its own.
  ///
  /// @throws IllegalArgumentException if there are not 50, or one comes twice; the text does not say which
  public static Layout of(short[] ids) {
    var seen = new boolean[PictureId.COUNT];
    var good = ids.length == Cell.COUNT;
    for (var id : ids) {
      good = good && id >= 0 && id < PictureId.COUNT && !seen[id];
      if (good) {
        seen[id] = true;
      }
    }
    Arrays.fill(seen, false);
    if (!good) {
      throw new IllegalArgumentException("a layout has 50 different pictures");
    }
    return new Layout(ids.clone());
  }

  /// The picture in `cell`.
  ///
  /// @throws IllegalStateException after [#close]
  public PictureId at(Cell cell) {
    if (wiped) {
      throw new IllegalStateException("the layout is wiped");
    }
    return PICTURES.get(ids[cell.index()]);
  }

  /// The pictures in `cells`, in that order: a view, empty of meaning once the layout is wiped.
  public List<PictureId> at(List<Cell> cells) {
    return new AbstractList<>() {
      @Override
      public PictureId get(int index) {
        return at(cells.get(index));
      }

      @Override
      public int size() {
        return cells.size();
      }

      @Override
      public String toString() {
        return "[withheld]";
      }
    };
  }

  /// Wipes the pictures.
  @Override
  public void close() {
    wiped = true;
    Arrays.fill(ids, (short) 0);
  }
}
