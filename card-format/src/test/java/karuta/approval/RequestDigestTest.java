package karuta.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import karuta.catalogue.Catalogue;
import org.junit.jupiter.api.Test;

/// People compare a digest by voice.
class RequestDigestTest {
  private static final String REST = "0".repeat(46);

  @Test
  void aWordIsNineBitsFromTheFirstOn() {
    var numbers = List.of(0, 511, 1, 256, 85, 170, 9, 13);
    var bits = new StringBuilder();
    numbers.forEach(number -> bits.append(Integer.toBinaryString(512 | number).substring(1)));
    var hex = new StringBuilder();
    for (var i = 0; i < bits.length(); i += 4) {
      hex.append(Integer.toHexString(Integer.parseInt(bits.substring(i, i + 4), 2)));
    }

    var digest = new RequestDigest(hex + REST);

    assertThat(digest.pictures()).extracting(picture -> picture.id().value()).isEqualTo(numbers);
    assertThat(digest.english()).startsWith("monkey, ").endsWith(", black cat, horse face");
    assertThat(digest.japanese()).startsWith("サル、").endsWith("、黒猫、ウマの顔");
    assertThat(digest.groups()).hasSize(79).startsWith(hex.substring(0, 4) + " ");
  }

  @Test
  void everyPictureIsOneWordInBothLanguages() {
    assertThat(Catalogue.v1().pictures()).hasSize(1 << 9);
    assertThat(Catalogue.v1().pictures())
        .extracting(picture -> picture.en())
        .doesNotHaveDuplicates();
    assertThat(Catalogue.v1().pictures())
        .extracting(picture -> picture.ja())
        .doesNotHaveDuplicates();
  }

  @Test
  void itIsKnownByItsWordsAsPeopleTypeThem() {
    var digest = new RequestDigest("4".repeat(64));
    for (var typed :
        List.of(
            digest.english(),
            digest.english().toUpperCase(Locale.ROOT),
            digest.english().replace(",", " "),
            digest.english().replace(" ", ""),
            digest.japanese(),
            digest.japanese().replace("、", " "),
            digest.japanese().replace("、", "　"),
            digest.hex(),
            "4444 4444 4444 4444 4444 4444 4444 4444",
            "4444-4444-4444-4444-4444-4444-4444-4444-4444")) {
      assertThat(digest.meantBy(typed)).as(typed).isTrue();
    }
  }

  @Test
  void lessThanAllWordsOrOtherOnesAreNotIts() {
    var digest = new RequestDigest("4".repeat(64));
    var words = digest.english().split(", ", -1);
    for (var typed :
        List.of(
            "",
            "yes",
            String.join(", ", List.of(words).subList(0, 7)),
            digest.english() + ", cat",
            "4".repeat(31),
            "4".repeat(31) + "5",
            "4".repeat(65))) {
      assertThat(digest.meantBy(typed)).as(typed).isFalse();
    }
    IntStream.range(0, 72)
        .mapToObj(RequestDigestTest::withBitChanged)
        .forEach(other -> assertThat(digest.meantBy(other.english())).isFalse());
  }

  private static RequestDigest withBitChanged(int bit) {
    var digits = "4".repeat(64).toCharArray();
    digits[bit / 4] = Integer.toHexString(4 ^ (1 << bit % 4)).charAt(0);
    return new RequestDigest(new String(digits));
  }

  @Test
  void aDigestIsSixtyFourDigits() {
    for (var text : List.of("", "4".repeat(63), "4".repeat(65), "G" + "4".repeat(63))) {
      assertThatIllegalArgumentException().isThrownBy(() -> new RequestDigest(text));
    }
  }
}
