package karuta.provisioning.print.page;

import java.awt.Color;
import java.io.IOException;
import org.apache.pdfbox.pdmodel.font.PDFont;

/// A font in a size (points) and a colour.
record Lettering(PDFont font, double size, Color colour) {
  /// Width of a text in millimetres.
  double width(String text) throws IOException {
    return font.getStringWidth(text) / 1000 * size / Ink.POINTS;
  }
}
