package karuta.provisioning.print.page;

import java.io.IOException;
import java.io.InputStream;
import java.util.logging.Level;
import java.util.logging.Logger;
import karuta.digest.Sha256;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType0Font;

/// The card's type face: BIZ UDPGothic by Morisawa, drawn for legibility, SIL Open Font License 1.1. Parsed once, then
/// embedded into each document as the subset of the letters used.
///
/// TrueType outlines only: PDFBox cannot embed the CFF outlines most other Japanese fonts come with.
public final class CardFonts implements AutoCloseable {
  private static final String REGULAR = "BIZUDPGothic-Regular.ttf";
  private static final String BOLD = "BIZUDPGothic-Bold.ttf";

  /// Held, because the JDK forgets a logger's level with the logger. The fonts have a table of glyph variants that
  /// PDFBox does not read and says so for every document; the card uses none.
  @SuppressWarnings("UnusedVariable") // the reference itself is the use
  private static final Logger GLYPH_VARIANTS = quiet();

  private final TrueTypeFont regular;
  private final TrueTypeFont bold;
  private final String digest;

  public CardFonts() throws IOException {
    var regularFile = read(REGULAR);
    var boldFile = read(BOLD);
    var sha256 = Sha256.start();
    sha256.update(regularFile);
    sha256.update(boldFile);
    digest = Sha256.hex(sha256);
    regular = new TTFParser().parse(new RandomAccessReadBuffer(regularFile));
    bold = new TTFParser().parse(new RandomAccessReadBuffer(boldFile));
  }

  private static Logger quiet() {
    var logger = Logger.getLogger("org.apache.fontbox.ttf.CmapSubtable");
    logger.setLevel(Level.SEVERE);
    return logger;
  }

  private static byte[] read(String name) throws IOException {
    try (InputStream file = CardFonts.class.getResourceAsStream(name)) {
      if (file == null) {
        throw new IOException("the font " + name + " is missing from this build");
      }
      return file.readAllBytes();
    }
  }

  PDFont regular(PDDocument document) throws IOException {
    return PDType0Font.load(document, regular, true);
  }

  PDFont bold(PDDocument document) throws IOException {
    return PDType0Font.load(document, bold, true);
  }

  /// SHA-256 over both font files, regular first, as hex.
  public String digest() {
    return digest;
  }

  @Override
  public void close() throws IOException {
    regular.close();
    bold.close();
  }
}
