package karuta.provisioning.print.page;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.GregorianCalendar;
import karuta.card.Serial;
import karuta.digest.Sha256;
import karuta.provisioning.layout.Layout;
import org.apache.pdfbox.io.IOUtils;
import org.apache.pdfbox.pdfwriter.compress.CompressParameters;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDFont;

/// A PDF of cards, one page each, whose bytes depend on nothing but the cards, their order, the document id and the
/// time given: printing a job again can be proven to print the same.
///
/// PDFBox keeps everything in memory here, never in a temporary file: a page tells the layout.
public final class CardDocument implements AutoCloseable {
  /// The name of the card's design, changed with it.
  public static final String TEMPLATE = "cr80-5x10-v1";

  private static final PDRectangle PAGE =
      new PDRectangle(
          (float) (CardGeometry.WIDTH * Ink.POINTS), (float) (CardGeometry.HEIGHT * Ink.POINTS));
  private static final Serial SPECIMEN = Serial.ofRandomDigits("0000000000");

  private final PDDocument document = new PDDocument(IOUtils.createMemoryOnlyStreamCache());
  private final PDFont regular;
  private final PDFont bold;
  private final PictureForms forms;

  /// @param id stands in the file's identifier instead of the time of writing
  /// @param createdAt the date the file bears
  public CardDocument(CardFonts fonts, PictureSource pictures, long id, Instant createdAt)
      throws IOException {
    regular = fonts.regular(document);
    bold = fonts.bold(document);
    forms = new PictureForms(document, pictures);
    document.setDocumentId(id);
    var date = GregorianCalendar.from(createdAt.atZone(ZoneOffset.UTC));
    var information = document.getDocumentInformation();
    information.setTitle("画像認証カード");
    information.setProducer("Karuta");
    information.setCreationDate(date);
    information.setModificationDate(date);
  }

  /// SHA-256 over the page instructions of a specimen, a card with the number 0 and no pictures: changes whenever
  /// anything about the card's design does.
  public static String templateDigest(CardFonts fonts) throws IOException {
    var instructions = new ByteArrayOutputStream();
    try (var specimen = new PDDocument(IOUtils.createMemoryOnlyStreamCache())) {
      var page = new PDPage(PAGE);
      specimen.addPage(page);
      try (var content = new PDPageContentStream(specimen, page)) {
        new CardPage(new Ink(content), fonts.regular(specimen), fonts.bold(specimen))
            .blank(SPECIMEN);
      }
      try (var plain = page.getContents()) {
        plain.transferTo(instructions);
      }
    }
    return Sha256.hex(instructions.toByteArray());
  }

  /// Adds a card as the next page.
  public void add(Serial serial, Layout layout) throws IOException {
    var page = new PDPage(PAGE);
    page.setTrimBox(PAGE);
    document.addPage(page);
    try (var content = new PDPageContentStream(document, page)) {
      var card = new CardPage(new Ink(content), regular, bold);
      card.blank(serial);
      card.pictures(layout, forms);
    }
  }

  public int pages() {
    return document.getNumberOfPages();
  }

  /// Writes the document as PDF 1.4, which every press reads, and leaves `out` open. A document is written once: its
  /// fonts are cut down to the letters used.
  public void write(OutputStream out) throws IOException {
    document.setVersion(1.4f);
    document.save(out, CompressParameters.NO_COMPRESSION);
  }

  @Override
  public void close() throws IOException {
    document.close();
  }
}
