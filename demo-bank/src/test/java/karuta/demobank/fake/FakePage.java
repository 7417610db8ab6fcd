package karuta.demobank.fake;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import karuta.card.Cell;
import karuta.catalogue.Catalogue;

/// A card's page as the bureau would print it, only plainer: one page of 85.6 x 54 mm with the pictures' English names.
final class FakePage {
  private FakePage() {}

  static byte[] of(FakeCard card) {
    var text = new StringBuilder("BT /F 8 Tf 10 140 Td (Image Authentication Card ");
    text.append(card.card.getSerial()).append(") Tj ET\n");
    for (var i = 0; i < Cell.COUNT; i++) {
      var cell = new Cell(i);
      var name = Catalogue.v1().picture(card.layout.get(i)).en().replaceAll("[^ -~]", "?");
      var word = name.replaceAll("[()\\\\]", "").replaceAll("^(.{7}).*", "$1");
      text.append(
          "BT /F 4 Tf %d %d Td (%s%d %s) Tj ET\n"
              .formatted(
                  8 + 23 * (cell.column() - 1),
                  118 - 22 * cell.row(),
                  cell.latinRowName(),
                  cell.column(),
                  word));
    }
    return document(text.toString());
  }

  private static byte[] document(String content) {
    var out = new ByteArrayOutputStream();
    var objects =
        new String[] {
          "<< /Type /Catalog /Pages 2 0 R >>",
          "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
          "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 242.65 153.07] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>",
          "<< /Length " + content.length() + " >>\nstream\n" + content + "\nendstream",
          "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
        };
    out.writeBytes("%PDF-1.4\n".getBytes(ISO_8859_1));
    var table = new StringBuilder("xref\n0 6\n0000000000 65535 f \n");
    for (var i = 0; i < objects.length; i++) {
      table.append("%010d 00000 n \n".formatted(out.size()));
      out.writeBytes(((i + 1) + " 0 obj\n" + objects[i] + "\nendobj\n").getBytes(ISO_8859_1));
    }
    var start = out.size();
    out.writeBytes(table.toString().getBytes(ISO_8859_1));
    var trailer = "trailer << /Size 6 /Root 1 0 R >>\nstartxref\n" + start + "\n%%EOF\n";
    out.writeBytes(trailer.getBytes(ISO_8859_1));
    return out.toByteArray();
  }
}
