package karuta.provisioning.print.page;

import java.awt.Color;
import java.io.IOException;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.graphics.form.PDFormXObject;
import org.apache.pdfbox.util.Matrix;

/// Draws on a page in millimetres from the top left corner, with flat fills only: presses and card printers reproduce
/// them alike, and no transparency has to be flattened.
final class Ink {
  /// Points in a millimetre.
  static final double POINTS = 72 / 25.4;

  private static final double KAPPA = 0.5523;

  private final PDPageContentStream page;

  Ink(PDPageContentStream page) {
    this.page = page;
  }

  private static float points(double millimetres) {
    return (float) (millimetres * POINTS);
  }

  private static float up(double y) {
    return points(CardGeometry.HEIGHT - y);
  }

  void fill(Box box, Color colour) throws IOException {
    page.setNonStrokingColor(colour);
    page.addRect(points(box.x()), up(box.bottom()), points(box.width()), points(box.height()));
    page.fill();
  }

  /// Fills a box with round corners.
  void fillRound(Box box, double radius, Color colour) throws IOException {
    page.setNonStrokingColor(colour);
    var handle = radius * (1 - KAPPA);
    page.moveTo(points(box.x() + radius), up(box.y()));
    page.lineTo(points(box.right() - radius), up(box.y()));
    curve(
        box.right() - handle,
        box.y(),
        box.right(),
        box.y() + handle,
        box.right(),
        box.y() + radius);
    page.lineTo(points(box.right()), up(box.bottom() - radius));
    curve(
        box.right(),
        box.bottom() - handle,
        box.right() - handle,
        box.bottom(),
        box.right() - radius,
        box.bottom());
    page.lineTo(points(box.x() + radius), up(box.bottom()));
    curve(
        box.x() + handle,
        box.bottom(),
        box.x(),
        box.bottom() - handle,
        box.x(),
        box.bottom() - radius);
    page.lineTo(points(box.x()), up(box.y() + radius));
    curve(box.x(), box.y() + handle, box.x() + handle, box.y(), box.x() + radius, box.y());
    page.closePath();
    page.fill();
  }

  private void curve(double x1, double y1, double x2, double y2, double x3, double y3)
      throws IOException {
    page.curveTo(points(x1), up(y1), points(x2), up(y2), points(x3), up(y3));
  }

  /// Writes text with its left end at `x` and its base line at `y`; returns where it ends.
  double text(Lettering lettering, double x, double y, String text) throws IOException {
    page.setNonStrokingColor(lettering.colour());
    page.beginText();
    page.setFont(lettering.font(), (float) lettering.size());
    page.newLineAtOffset(points(x), up(y));
    page.showText(text);
    page.endText();
    return x + lettering.width(text);
  }

  void textCentred(Lettering lettering, double centreX, double y, String text) throws IOException {
    text(lettering, centreX - lettering.width(text) / 2, y, text);
  }

  void textRight(Lettering lettering, double right, double y, String text) throws IOException {
    text(lettering, right - lettering.width(text), y, text);
  }

  /// Fits a form whose own size is `side` points squared into a square box.
  void place(PDFormXObject form, double side, Box box) throws IOException {
    var scale = (float) (points(box.width()) / side);
    page.saveGraphicsState();
    page.transform(new Matrix(scale, 0, 0, scale, points(box.x()), up(box.bottom())));
    page.drawForm(form);
    page.restoreGraphicsState();
  }
}
