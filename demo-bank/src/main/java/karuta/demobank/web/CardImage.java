package karuta.demobank.web;

import io.vertx.core.buffer.Buffer;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.io.IOUtils;
import org.apache.pdfbox.rendering.ImageType;
import org.apache.pdfbox.rendering.PDFRenderer;

/// Draws a printed card as an image: a browser may have no viewer for its PDF, and on a phone hardly one has.
///
/// Nothing is written into a temporary file and nothing is kept, for the page tells the layout.
final class CardImage {
  /// A card of 85.6 x 54 mm has 1,011 x 637 pixels then.
  private static final int DOTS_PER_INCH = 300;

  private CardImage() {}

  /// The first page of a PDF, as a PNG.
  static Buffer png(Path pdf) {
    try (var document =
        Loader.loadPDF(
            Files.readAllBytes(pdf), "", null, null, IOUtils.createMemoryOnlyStreamCache())) {
      return png(new PDFRenderer(document).renderImageWithDPI(0, DOTS_PER_INCH, ImageType.RGB));
    } catch (IOException e) {
      throw new UncheckedIOException("the printed card cannot be drawn", e);
    }
  }

  private static Buffer png(BufferedImage image) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var out = new MemoryCacheImageOutputStream(bytes)) {
      ImageIO.write(image, "png", out);
    }
    return Buffer.buffer(bytes.toByteArray());
  }
}
