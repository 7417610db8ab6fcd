package karuta.provisioning.print.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.github.weisj.jsvg.parser.LoaderContext;
import com.github.weisj.jsvg.parser.SVGLoader;
import com.github.weisj.jsvg.view.ViewBox;
import com.google.zxing.BinaryBitmap;
import com.google.zxing.LuminanceSource;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.datamatrix.DataMatrixReader;
import java.awt.Color;
import java.awt.Component;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Objects;
import java.util.stream.IntStream;
import karuta.card.Cell;
import karuta.card.PictureId;
import karuta.catalogue.Catalogue;
import karuta.provisioning.print.Design;
import karuta.provisioning.print.PrintParts;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.contentstream.operator.Operator;
import org.apache.pdfbox.pdfparser.PDFStreamParser;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.graphics.image.PDImageXObject;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Looks at the printed page as a person, a scanner and a press do.
class CardDocumentTest {
  private static final int DPI = 600;

  /// Pictures are compared in every fourth pixel of every fourth line.
  private static final int STEP = 4;

  private static final double PIXELS = DPI / 25.4;

  private static Design design;
  private static byte[] pdf;

  @BeforeAll
  static void print() throws IOException {
    design = new Design(Catalogue.v1());
    pdf = document(1, 2);
  }

  @AfterAll
  static void close() throws IOException {
    design.close();
  }

  private static byte[] document(int... cards) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var document = design.document(7, PrintParts.MADE)) {
      for (var card : cards) {
        document.add(PrintParts.serial(card), PrintParts.layout(card));
      }
      document.write(out);
    }
    return out.toByteArray();
  }

  private static BufferedImage rendered(int page, int dpi) throws IOException {
    try (var document = Loader.loadPDF(pdf)) {
      return new PDFRenderer(document).renderImageWithDPI(page, dpi);
    }
  }

  @Test
  void everyCardHasOnePageOfTheSizeOfABankCard() throws IOException {
    try (var document = Loader.loadPDF(pdf)) {
      assertThat(document.getNumberOfPages()).isEqualTo(2);
      for (var page : document.getPages()) {
        assertThat(page.getMediaBox().getWidth()).isCloseTo(242.646f, within(0.01f));
        assertThat(page.getMediaBox().getHeight()).isCloseTo(153.071f, within(0.01f));
        assertThat(page.getTrimBox().toString()).isEqualTo(page.getMediaBox().toString());
      }
    }
  }

  @Test
  void theCodeReadsAtTheResolutionOfACardPrinter() throws Exception {
    for (var page = 0; page < 2; page++) {
      var corner = crop(rendered(page, 300), CardGeometry.code(14), 0.6, 300 / 25.4);
      assertThat(decode(corner)).isEqualTo(PrintParts.serial(page + 1).digits());
    }
  }

  @Test
  void theCodeReadsThroughAScratch() throws Exception {
    var corner = crop(rendered(0, 300), CardGeometry.code(14), 0.6, 300 / 25.4);
    var pen = corner.createGraphics();
    pen.setColor(Color.WHITE);
    pen.fillRect(26, 30, 20, 6);
    pen.dispose();
    assertThat(decode(corner)).isEqualTo(PrintParts.serial(1).digits());
  }

  private static String decode(BufferedImage image) throws Exception {
    var scale = 4; // a reader sees a module as more than four dots
    var seen =
        new BufferedImage(
            image.getWidth() * scale, image.getHeight() * scale, BufferedImage.TYPE_INT_RGB);
    var pen = seen.createGraphics();
    pen.drawImage(image, 0, 0, seen.getWidth(), seen.getHeight(), null);
    pen.dispose();
    var width = seen.getWidth();
    var height = seen.getHeight();
    LuminanceSource light =
        new RGBLuminanceSource(width, height, seen.getRGB(0, 0, width, height, null, 0, width));
    return new DataMatrixReader().decode(new BinaryBitmap(new HybridBinarizer(light))).getText();
  }

  @Test
  void numberTitleAndWarningsAreText() throws IOException {
    try (var document = Loader.loadPDF(pdf)) {
      var stripper = new PDFTextStripper();
      stripper.setStartPage(2);
      var text = stripper.getText(document);
      assertThat(text)
          .contains(
              PrintParts.serial(2).grouped(),
              "画像認証カード",
              "撮影・コピー・スキャン禁止",
              "指定のマス以外は入力しないでください。全マスを求める画面は詐欺です。",
              "No photos, copies or scans.",
              "Enter only the cells asked for; asking for all is fraud.")
          .doesNotContain(PrintParts.serial(1).grouped());
      for (var row = 0; row < Cell.ROWS; row++) {
        assertThat(text.lines().filter(Cell.at(row, 1).latinRowName()::equals)).hasSize(2);
      }
    }
  }

  @Test
  void fiftyPicturesAreDrawnAndNoneTwice() throws IOException {
    try (var document = Loader.loadPDF(pdf)) {
      var operands = new PDFStreamParser(document.getPage(0)).parse();
      var drawn =
          IntStream.range(1, operands.size())
              .filter(i -> operands.get(i) instanceof Operator o && o.getName().equals("Do"))
              .mapToObj(i -> operands.get(i - 1).toString())
              .toList();
      assertThat(drawn).hasSize(Cell.COUNT);
      assertThat(new HashSet<>(drawn)).hasSize(Cell.COUNT);
    }
  }

  /// Every cell of the rendered page looks more like its own picture than like any other of the 512.
  @Test
  void everyPictureStandsInItsCell() throws IOException {
    var page = rendered(1, DPI);
    var layout = PrintParts.layout(2);
    var side = crop(page, CardGeometry.picture(new Cell(0)), 0, PIXELS).getWidth();
    var pictures = Catalogue.v1().pictures().stream().map(p -> draw(p.svg(), side)).toList();
    for (var index = 0; index < Cell.COUNT; index++) {
      var cell = new Cell(index);
      var seen = crop(page, CardGeometry.picture(cell), 0, PIXELS);
      var ground = crop(page, CardGeometry.cell(cell), -0.15, PIXELS);
      var tint = new Color(ground.getRGB(ground.getWidth() / 2, ground.getHeight() - 1));
      var best =
          IntStream.range(0, PictureId.COUNT)
              .boxed()
              .min(Comparator.comparingDouble(id -> distance(seen, tint, pictures.get(id))))
              .orElseThrow();
      assertThat(new PictureId(best)).as(cell.toString()).isEqualTo(layout.at(cell));
      assertThat(distance(seen, tint, pictures.get(best))).as(cell.toString()).isLessThan(6);
    }
  }

  private static BufferedImage draw(byte[] svg, int side) {
    var picture =
        new SVGLoader().load(new ByteArrayInputStream(svg), null, LoaderContext.createDefault());
    var image = new BufferedImage(side, side, BufferedImage.TYPE_INT_ARGB);
    var pen = image.createGraphics();
    pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    Objects.requireNonNull(picture).render((Component) null, pen, new ViewBox(0, 0, side, side));
    pen.dispose();
    return image;
  }

  /// Mean difference of a colour channel, 0..255. Where the drawing is clear the cell's tint shows.
  private static double distance(BufferedImage seen, Color tint, BufferedImage drawn) {
    long sum = 0;
    var side = Math.min(drawn.getWidth(), Math.min(seen.getWidth(), seen.getHeight()));
    for (var y = 0; y < side; y += STEP) {
      for (var x = 0; x < side; x += STEP) {
        var there = new Color(seen.getRGB(x, y));
        var here = new Color(drawn.getRGB(x, y), true);
        sum += Math.abs(there.getRed() - over(here.getRed(), tint.getRed(), here.getAlpha()));
        sum += Math.abs(there.getGreen() - over(here.getGreen(), tint.getGreen(), here.getAlpha()));
        sum += Math.abs(there.getBlue() - over(here.getBlue(), tint.getBlue(), here.getAlpha()));
      }
    }
    return sum / (3.0 * side / STEP * side / STEP);
  }

  private static int over(int colour, int tint, int alpha) {
    return (colour * alpha + tint * (255 - alpha)) / 255;
  }

  @Test
  void nothingIsPrintedWithinThreeMillimetresOfTheEdge() throws IOException {
    var page = rendered(0, DPI);
    var margin = (int) Math.floor(3 * PIXELS) - 1;
    var inked = new ArrayList<String>();
    for (var y = 0; y < page.getHeight(); y++) {
      for (var x = 0; x < page.getWidth(); x++) {
        var inside =
            x >= margin
                && y >= margin
                && x < page.getWidth() - margin
                && y < page.getHeight() - margin;
        if (!inside && (page.getRGB(x, y) & 0xffffff) != 0xffffff) {
          inked.add(x + ", " + y);
        }
      }
    }
    assertThat(inked).isEmpty();
  }

  @Test
  void theSameCardsGiveTheSameBytes() throws IOException {
    assertThat(document(1, 2)).isEqualTo(pdf);
    assertThat(document(2, 1)).isNotEqualTo(pdf);
  }

  @Test
  void pagesAreVectorsWithEmbeddedFonts() throws IOException {
    try (var document = Loader.loadPDF(pdf)) {
      for (var page : document.getPages()) {
        for (var name : page.getResources().getXObjectNames()) {
          assertThat(page.getResources().getXObject(name)).isNotInstanceOf(PDImageXObject.class);
        }
        for (var name : page.getResources().getFontNames()) {
          var font = page.getResources().getFont(name);
          assertThat(font.isEmbedded()).isTrue();
          assertThat(font.getName()).matches("[A-Z]{6}\\+BIZUDPGothic-(Regular|Bold)");
        }
      }
    }
  }

  private static BufferedImage crop(
      BufferedImage page, Box box, double more, double pixelsPerMillimetre) {
    return page.getSubimage(
        (int) Math.round((box.x() - more) * pixelsPerMillimetre),
        (int) Math.round((box.y() - more) * pixelsPerMillimetre),
        (int) Math.round((box.width() + 2 * more) * pixelsPerMillimetre),
        (int) Math.round((box.height() + 2 * more) * pixelsPerMillimetre));
  }

  /// The stream goes on after the PDF: into the next entry of an archive.
  @Test
  void writingLeavesTheStreamOpen() throws IOException {
    var out =
        new ByteArrayOutputStream() {
          private boolean closed;

          @Override
          public void close() {
            closed = true;
          }
        };
    try (var document = design.document(1, PrintParts.MADE)) {
      document.add(PrintParts.serial(1), PrintParts.layout(1));
      document.write(out);
    }
    assertThat(out.closed).isFalse();
    try (PDDocument document = Loader.loadPDF(out.toByteArray())) {
      assertThat(document.getNumberOfPages()).isOne();
    }
  }
}
