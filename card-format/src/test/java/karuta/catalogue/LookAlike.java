package karuta.catalogue;

import java.awt.Color;
import java.awt.image.BufferedImage;

/// How far two pictures are apart to an eye that looks at small ones in a hurry.
///
/// A picture is drawn at 64 pixels and pooled to 16 x 16 cells of CIELAB (D65). The distance of two is the smaller of
/// two numbers: the mean colour difference (CIE 1976) of their cells, and 1.6 times the mean difference of lightness
/// alone, which stands for colour-blind readers and grey copies. Each is taken at the best of the nine shifts by up to
/// one cell, so that two like drawings are not told apart by their place.
final class LookAlike {
  private static final int CELLS = 16;
  private static final int POOL = 4;

  private final double[] lightness = new double[CELLS * CELLS];
  private final double[] a = new double[CELLS * CELLS];
  private final double[] b = new double[CELLS * CELLS];

  private LookAlike() {}

  static LookAlike of(Picture picture) {
    var image = Drawing.render(picture, CELLS * POOL);
    var cells = new LookAlike();
    for (int i = 0; i < CELLS * CELLS; i++) {
      cells.pool(image, i);
    }
    return cells;
  }

  double distanceTo(LookAlike other) {
    double colour = Double.MAX_VALUE;
    double grey = Double.MAX_VALUE;
    for (int dy = -1; dy <= 1; dy++) {
      for (int dx = -1; dx <= 1; dx++) {
        double colourSum = 0;
        double greySum = 0;
        int count = 0;
        for (int y = Math.max(0, -dy); y < Math.min(CELLS, CELLS - dy); y++) {
          for (int x = Math.max(0, -dx); x < Math.min(CELLS, CELLS - dx); x++) {
            int here = y * CELLS + x;
            int there = (y + dy) * CELLS + x + dx;
            double l = lightness[here] - other.lightness[there];
            double da = a[here] - other.a[there];
            double db = b[here] - other.b[there];
            colourSum += Math.sqrt(l * l + da * da + db * db);
            greySum += Math.abs(l);
            count++;
          }
        }
        colour = Math.min(colour, colourSum / count);
        grey = Math.min(grey, greySum / count);
      }
    }
    return Math.min(colour, 1.6 * grey);
  }

  private void pool(BufferedImage image, int cell) {
    var sum = new double[3];
    for (int i = 0; i < POOL * POOL; i++) {
      int x = cell % CELLS * POOL + i % POOL;
      int y = cell / CELLS * POOL + i / POOL;
      var linear = linear(new Color(image.getRGB(x, y)));
      for (int c = 0; c < 3; c++) {
        sum[c] += linear[c] / (POOL * POOL);
      }
    }
    double fx = curve((0.4124 * sum[0] + 0.3576 * sum[1] + 0.1805 * sum[2]) / 0.9505);
    double fy = curve(0.2126 * sum[0] + 0.7152 * sum[1] + 0.0722 * sum[2]);
    double fz = curve((0.0193 * sum[0] + 0.1192 * sum[1] + 0.9505 * sum[2]) / 1.089);
    lightness[cell] = 116 * fy - 16;
    a[cell] = 500 * (fx - fy);
    b[cell] = 200 * (fy - fz);
  }

  private static double[] linear(Color colour) {
    var rgb = colour.getRGBColorComponents(null);
    var out = new double[3];
    for (int c = 0; c < 3; c++) {
      out[c] = rgb[c] <= 0.04045 ? rgb[c] / 12.92 : Math.pow((rgb[c] + 0.055) / 1.055, 2.4);
    }
    return out;
  }

  private static double curve(double t) {
    return t > 216.0 / 24389 ? Math.cbrt(t) : (24389.0 / 27 * t + 16) / 116;
  }
}
