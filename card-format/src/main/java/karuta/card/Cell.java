package karuta.card;

/// A position on a card: row ア イ ウ エ オ (A..E), column 1..10, numbered 0..49 row by row.
public record Cell(int index) implements Comparable<Cell> {
  /// Rows of a card.
  public static final int ROWS = 5;

  /// Columns of a card.
  public static final int COLUMNS = 10;

  /// Cells of a card.
  public static final int COUNT = ROWS * COLUMNS;

  private static final String KANA = "アイウエオ";
  private static final String LATIN = "ABCDE";

  public Cell {
    if (index < 0 || index >= COUNT) {
      throw new IllegalArgumentException("cell must be 0..49, not " + index);
    }
  }

  /// The cell in `row` 0..4 and `column` 1..10.
  public static Cell at(int row, int column) {
    if (row < 0 || row >= ROWS || column < 1 || column > COLUMNS) {
      throw new IllegalArgumentException("no cell in row " + row + ", column " + column);
    }
    return new Cell(row * COLUMNS + column - 1);
  }

  /// Reads `ウ-7` or `C-7`.
  ///
  /// @throws IllegalArgumentException if the text names no cell
  public static Cell parse(String text) {
    var dash = text.indexOf('-');
    if (dash == 1) {
      var row = Math.max(KANA.indexOf(text.charAt(0)), LATIN.indexOf(text.charAt(0)));
      var digits = text.substring(2);
      if (row >= 0 && digits.matches("[1-9]|10")) {
        return at(row, Integer.parseInt(digits));
      }
    }
    throw new IllegalArgumentException("no cell is named '" + text + "'; cells are named like ウ-7");
  }

  /// Row 0..4.
  public int row() {
    return index / COLUMNS;
  }

  /// Column 1..10.
  public int column() {
    return index % COLUMNS + 1;
  }

  /// The row's printed name, ア to オ.
  public String rowName() {
    return KANA.substring(row(), row() + 1);
  }

  /// The row's name for those who do not read kana, A to E.
  public String latinRowName() {
    return LATIN.substring(row(), row() + 1);
  }

  @Override
  public int compareTo(Cell other) {
    return Integer.compare(index, other.index);
  }

  /// As printed and shown, for example `ウ-7`.
  @Override
  public String toString() {
    return rowName() + "-" + column();
  }
}
