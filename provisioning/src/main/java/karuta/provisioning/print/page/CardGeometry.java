package karuta.provisioning.print.page;

import karuta.card.Cell;

/// Where everything stands on a card, in millimetres.
///
/// The page is the trimmed card itself, ISO/IEC 7810 ID-1 (CR80): personalisation printers print one card at a time on
/// a finished, cut body, so there is no bleed, and no ink comes nearer to the edge than [#SAFE]: a print that is
/// shifted by 2 mm loses nothing. Whatever runs to the edge is the body's own artwork, which is none of our pages.
///
/// ```
///  3.0  +--------------------------------------------------+  title, number, code
///  8.5  |    1    2    3    4    5  |  6    7    8    9  10 |
/// 10.8  | ア                        |                    ア |  5 rows of 6.7, 10 columns of 7.2
///       | オ                        |                    オ |
/// 44.3  |    1    2    3    4    5  |  6    7    8    9  10 |
/// 46.6  +--------------------------------------------------+
/// 51.0  warnings
/// ```
final class CardGeometry {
  static final double WIDTH = 85.6;
  static final double HEIGHT = 54;
  static final double SAFE = 3;

  /// Side of one module of the code; at 300 dpi four printer dots.
  static final double MODULE = 4 * 25.4 / 300;

  private static final double LEFT = SAFE;
  private static final double RIGHT = WIDTH - SAFE;
  private static final double FRAME_TOP = 8.5;
  private static final double SIDE = 3.8;
  private static final double STRIP = 2.3;
  private static final double CELL_HEIGHT = 6.7;

  /// The dark frame that carries the names of rows and columns.
  static final Box FRAME =
      new Box(LEFT, FRAME_TOP, RIGHT - LEFT, 2 * STRIP + Cell.ROWS * CELL_HEIGHT);

  /// The cells inside the frame.
  static final Box GRID =
      new Box(
          FRAME.x() + SIDE, FRAME.y() + STRIP, FRAME.width() - 2 * SIDE, Cell.ROWS * CELL_HEIGHT);

  private CardGeometry() {}

  /// The cell's rectangle.
  static Box cell(Cell cell) {
    var width = GRID.width() / Cell.COLUMNS;
    return new Box(
        GRID.x() + (cell.column() - 1) * width,
        GRID.y() + cell.row() * CELL_HEIGHT,
        width,
        CELL_HEIGHT);
  }

  /// The square the cell's picture fills.
  static Box picture(Cell cell) {
    return cell(cell).square(0.25);
  }

  /// Where row 0..4 is named, left or right of the grid.
  static Box rowName(int row, boolean left) {
    return new Box(
        left ? FRAME.x() : GRID.right(), GRID.y() + row * CELL_HEIGHT, SIDE, CELL_HEIGHT);
  }

  /// Where column 1..10 is numbered, above or below the grid.
  static Box columnName(int column, boolean above) {
    var width = GRID.width() / Cell.COLUMNS;
    return new Box(
        GRID.x() + (column - 1) * width, above ? FRAME.y() : GRID.bottom(), width, STRIP);
  }

  /// The code's modules without their quiet zone, in the top right corner.
  static Box code(int modules) {
    var side = modules * MODULE;
    return new Box(RIGHT - side, SAFE, side, side);
  }
}
