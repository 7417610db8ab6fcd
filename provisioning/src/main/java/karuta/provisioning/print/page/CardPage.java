package karuta.provisioning.print.page;

import java.awt.Color;
import java.io.IOException;
import karuta.card.Cell;
import karuta.card.Serial;
import karuta.provisioning.layout.Layout;
import org.apache.pdfbox.pdmodel.font.PDFont;

/// Draws one card so that a person finds ウ-7 in two seconds: row names on both sides and column numbers above and below
/// in white on a dark frame, every other row tinted, every other column a shade darker, a strong rule after column 5.
/// 7 is the second column after the rule, ウ the middle row.
///
/// Pictures carry no labels: in a cell of 7.2 mm a label of nine letters would be 0.8 mm high, which nobody reads and
/// which would cost a fifth of the picture. The row's second name A to E serves those who do not read kana.
final class CardPage {
  private static final Color NAVY = new Color(0x14, 0x2c, 0x54);
  private static final Color PALE = new Color(0xb9, 0xc8, 0xe0);
  private static final Color WHITE = Color.WHITE;
  private static final Color RED = new Color(0xb3, 0x1b, 0x1b);
  private static final Color INK = new Color(0x26, 0x2d, 0x3a);
  private static final Color RULE = new Color(0xc6, 0xd0, 0xdf);

  /// Backgrounds by row parity, then column parity.
  private static final Color[][] TINTS = {
    {new Color(0xff, 0xff, 0xff), new Color(0xf3, 0xf6, 0xfa)},
    {new Color(0xe6, 0xed, 0xf6), new Color(0xda, 0xe4, 0xf1)}
  };

  private static final String NO_COPIES = "撮影・コピー・スキャン禁止";
  private static final String ONLY_WHAT_IS_ASKED = "指定のマス以外は入力しないでください。全マスを求める画面は詐欺です。";
  private static final String NO_COPIES_ENGLISH = "No photos, copies or scans.";
  private static final String ONLY_WHAT_IS_ASKED_ENGLISH =
      "Enter only the cells asked for; asking for all is fraud.";

  private final Ink ink;
  private final PDFont regular;
  private final PDFont bold;

  CardPage(Ink ink, PDFont regular, PDFont bold) {
    this.ink = ink;
    this.regular = regular;
    this.bold = bold;
  }

  /// Draws everything but the pictures.
  void blank(Serial serial) throws IOException {
    heading(serial);
    frame();
    warnings();
  }

  /// Draws the pictures into their cells.
  void pictures(Layout layout, PictureForms forms) throws IOException {
    for (var index = 0; index < Cell.COUNT; index++) {
      var cell = new Cell(index);
      ink.place(forms.form(layout.at(cell)), PictureForms.SIDE, CardGeometry.picture(cell));
    }
  }

  private void heading(Serial serial) throws IOException {
    var title = new Lettering(bold, 9, NAVY);
    ink.text(title, CardGeometry.SAFE, 5.75, "画像認証カード");
    ink.text(new Lettering(regular, 4.4, INK), CardGeometry.SAFE, 7.7, "Image Authentication Card");
    var code = SerialCode.modules(serial);
    var box = CardGeometry.code(code.getWidth());
    for (var row = 0; row < code.getHeight(); row++) {
      for (var column = 0; column < code.getWidth(); column++) {
        if (code.get(column, row)) {
          var side = CardGeometry.MODULE;
          ink.fill(new Box(box.x() + column * side, box.y() + row * side, side, side), Color.BLACK);
        }
      }
    }
    var right = box.x() - 1.2;
    ink.textRight(new Lettering(bold, 8, INK), right, 7.3, serial.grouped());
    ink.textRight(new Lettering(regular, 4.6, INK), right, 4.4, "カード番号 Card No.");
  }

  private void frame() throws IOException {
    ink.fillRound(CardGeometry.FRAME, 1.2, NAVY);
    for (var index = 0; index < Cell.COUNT; index++) {
      var cell = new Cell(index);
      ink.fill(CardGeometry.cell(cell), TINTS[cell.row() % 2][cell.column() % 2]);
    }
    for (var column = 1; column <= Cell.COLUMNS; column++) {
      columnName(CardGeometry.columnName(column, true), column);
      columnName(CardGeometry.columnName(column, false), column);
    }
    for (var row = 0; row < Cell.ROWS; row++) {
      rowName(CardGeometry.rowName(row, true), Cell.at(row, 1));
      rowName(CardGeometry.rowName(row, false), Cell.at(row, 1));
    }
    rules();
  }

  private void rules() throws IOException {
    var grid = CardGeometry.GRID;
    for (var row = 1; row < Cell.ROWS; row++) {
      var y = CardGeometry.cell(Cell.at(row, 1)).y();
      ink.fill(new Box(grid.x(), y - 0.05, grid.width(), 0.1), RULE);
    }
    for (var column = 2; column <= Cell.COLUMNS; column++) {
      var x = CardGeometry.cell(Cell.at(0, column)).x();
      var half = column == Cell.COLUMNS / 2 + 1;
      var width = half ? 0.5 : 0.1;
      ink.fill(new Box(x - width / 2, grid.y(), width, grid.height()), half ? NAVY : RULE);
    }
  }

  private void columnName(Box box, int column) throws IOException {
    ink.textCentred(
        new Lettering(bold, 6.5, WHITE), box.centreX(), box.centreY() + 0.82, "" + column);
  }

  private void rowName(Box box, Cell cell) throws IOException {
    ink.textCentred(
        new Lettering(bold, 9, WHITE), box.centreX(), box.centreY() + 0.5, cell.rowName());
    ink.textCentred(
        new Lettering(bold, 4.8, PALE), box.centreX(), box.centreY() + 2.4, cell.latinRowName());
  }

  private void warnings() throws IOException {
    var plain = new Lettering(regular, 4.6, INK);
    var end = ink.text(new Lettering(bold, 5.4, RED), CardGeometry.SAFE, 48.7, NO_COPIES);
    ink.text(plain, end + 0.8, 48.7, ONLY_WHAT_IS_ASKED);
    end = ink.text(new Lettering(bold, 4.6, RED), CardGeometry.SAFE, 50.8, NO_COPIES_ENGLISH);
    ink.text(plain, end + 0.8, 50.8, ONLY_WHAT_IS_ASKED_ENGLISH);
  }
}
