package karuta.catalogue;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.util.HashSet;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import karuta.digest.Sha256;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

class PictureSheetTest {
  private final PictureSheet sheet = PictureSheet.of(Catalogue.v1().files());

  @Test
  void aSymbolDrawsWhatItsPictureDraws() throws Exception {
    var symbols = root(sheet.svg()).getElementsByTagName("symbol");
    assertThat(symbols.getLength()).isEqualTo(512);
    for (var picture : Catalogue.v1().pictures()) {
      var symbol = (Element) symbols.item(picture.id().value());
      var file = root(picture.svg());
      assertThat(symbol.getAttribute("id")).isEqualTo("p" + picture.sha256());
      assertThat(symbol.getAttribute("viewBox")).isEqualTo(file.getAttribute("viewBox"));
      assertThat(symbol.getChildNodes().getLength()).isEqualTo(file.getChildNodes().getLength());
      assertThat(
              IntStream.range(0, file.getChildNodes().getLength())
                  .allMatch(i -> child(symbol, i).isEqualNode(child(file, i))))
          .as(picture.en())
          .isTrue();
    }
  }

  @Test
  void noPictureBringsNamesThatAnotherCouldHave() throws Exception {
    var ids = new HashSet<String>();
    var all = root(sheet.svg()).getElementsByTagName("*");
    for (int i = 0; i < all.getLength(); i++) {
      var id = ((Element) all.item(i)).getAttribute("id");
      assertThat(id.isEmpty() || ids.add(id)).as(id).isTrue();
    }
    assertThat(ids).hasSize(512);
  }

  @Test
  void itsDigestIsThatOfTheFile() {
    assertThat(new String(sheet.svg(), UTF_8)).endsWith("</svg>\n");
    assertThat(sheet.sha256()).isEqualTo(Sha256.hex(sheet.svg())).matches("[0-9a-f]{64}");
  }

  private static Node child(Element parent, int index) {
    return parent.getChildNodes().item(index);
  }

  private static Element root(byte[] svg) throws Exception {
    return DocumentBuilderFactory.newDefaultInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(svg))
        .getDocumentElement();
  }
}
