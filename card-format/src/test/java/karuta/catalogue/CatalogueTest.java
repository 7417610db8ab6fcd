package karuta.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.text.Normalizer;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import karuta.card.PictureId;
import karuta.digest.Sha256;
import org.junit.jupiter.api.Test;

/// The index is the frozen one, and its labels can be told apart when read or spoken.
class CatalogueTest {
  /// Never edit: cards in customers' hands were made from the catalogue with this digest. A change is a new version.
  private static final String FROZEN =
      "d3e44876791f93d2d034b6475005ec2ad7315932876d3fab7255bf31865ec77d";

  private final Catalogue catalogue = Catalogue.v1();

  @Test
  void theCatalogueIsTheFrozenOne() {
    assertThat(catalogue.version()).isEqualTo("v1");
    assertThat(catalogue.digest()).isEqualTo(FROZEN);
  }

  @Test
  void everyNumberHasItsPicture() {
    assertThat(catalogue.pictures())
        .extracting(picture -> picture.id().value())
        .containsExactlyElementsOf(IntStream.range(0, 512).boxed().toList());
    assertThat(catalogue.picture(new PictureId(511)).ja()).isEqualTo("モアイ像");
  }

  @Test
  void everyFileIsTheOneTheIndexNames() {
    assertThat(catalogue.pictures())
        .allSatisfy(p -> assertThat(Sha256.hex(p.svg())).isEqualTo(p.sha256()));
  }

  @Test
  void aChangedFileIsNeverHandedOut() {
    var fox = catalogue.picture(new PictureId(6));
    var other =
        new Picture(fox.id(), fox.codePoint(), fox.ja(), fox.en(), fox.group(), "0".repeat(64));
    assertThatThrownBy(other::svg)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("picture file is not the frozen one: v1/006.svg");
  }

  @Test
  void aPictureIsFoundByItsDigest() {
    assertThat(catalogue.pictures())
        .allSatisfy(p -> assertThat(catalogue.bySha256(p.sha256())).contains(p));
    assertThat(catalogue.bySha256("0".repeat(64))).isEmpty();
  }

  @Test
  void noTwoLabelsReadAlike() {
    assertUnique(Picture::ja);
    assertUnique(Picture::en);
    assertUnique(Picture::codePoint);
  }

  @Test
  void hiraganaAndKatakanaCountAsOne() {
    assertThat(folded("たこＡ")).isEqualTo(folded("タコa")).isNotEqualTo(folded("イカa"));
  }

  @Test
  void labelsFitTheirLine() {
    assertThat(catalogue.pictures())
        .allSatisfy(
            p -> {
              assertThat(p.ja()).matches("[\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}ーA-Z]{1,9}");
              assertThat(p.en()).matches("[A-Za-z][A-Za-z ’-]{0,21}");
            });
  }

  @Test
  void aDamagedIndexIsRefused() {
    assertThatThrownBy(() -> Catalogue.parse("heading\n"))
        .hasMessage("catalogue index has 0 pictures, not 512");
    assertThatThrownBy(() -> Catalogue.parse("heading\n0\tonly two\n"))
        .hasMessage("catalogue index line has 2 fields, not 6");
    var upsideDown =
        IntStream.range(0, 512)
            .mapToObj(i -> (511 - i) + "\ts\tc\tj\te\tg")
            .collect(Collectors.joining("\n", "heading\n", "\n"));
    assertThatThrownBy(() -> Catalogue.parse(upsideDown))
        .hasMessage("catalogue index is out of order at picture 0");
  }

  private void assertUnique(Function<Picture, String> text) {
    assertThat(catalogue.pictures())
        .extracting(text.andThen(CatalogueTest::folded))
        .doesNotHaveDuplicates();
  }

  /// What is left of a label when width, kana and case are not told apart.
  private static String folded(String label) {
    return Normalizer.normalize(label, Normalizer.Form.NFKC)
        .codePoints()
        .map(c -> c >= 'ぁ' && c <= 'ゖ' ? c + ('ァ' - 'ぁ') : c)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString()
        .toLowerCase(Locale.ROOT);
  }
}
