package karuta.card;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VocabularyTest {
  @Test
  void cellsAreNamedAsPrinted() {
    assertThat(Cell.at(2, 7)).hasToString("ウ-7").isEqualTo(new Cell(26));
    assertThat(new Cell(0)).hasToString("ア-1");
    assertThat(new Cell(49)).hasToString("オ-10");
    for (var i = 0; i < Cell.COUNT; i++) {
      var cell = new Cell(i);
      assertThat(Cell.parse(cell.toString())).isEqualTo(cell);
      assertThat(Cell.parse(cell.latinRowName() + "-" + cell.column())).isEqualTo(cell);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ウ", "ウ-0", "ウ-11", "ウ-07", "F-1", "カ-1", "ウ7", "ウ--1", "ウ-1 "})
  void namesOfNoCellAreRefused(String text) {
    assertThatThrownBy(() -> Cell.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aSerialFindsEveryWrongDigitAndEverySwapOfNeighbours() {
    // 5724 is the published example of Damm's check digit 4 for 572; leading zeros keep the state
    // at 0.
    var serial = Serial.ofRandomDigits("0000000572");
    assertThat(serial).hasToString("00000005724");
    var digits = Serial.ofRandomDigits("8032941756").digits();
    for (var i = 0; i < digits.length(); i++) {
      for (var wrong = '0'; wrong <= '9'; wrong++) {
        var changed = new StringBuilder(digits);
        changed.setCharAt(i, wrong);
        if (wrong != digits.charAt(i)) {
          assertThatThrownBy(() -> new Serial(changed.toString()))
              .isInstanceOf(IllegalArgumentException.class);
        }
      }
      if (i > 0 && digits.charAt(i) != digits.charAt(i - 1)) {
        var swapped = new StringBuilder(digits);
        swapped.setCharAt(i, digits.charAt(i - 1));
        swapped.setCharAt(i - 1, digits.charAt(i));
        assertThatThrownBy(() -> new Serial(swapped.toString()))
            .isInstanceOf(IllegalArgumentException.class);
      }
    }
    assertThat(Serial.parse(serial.grouped())).isEqualTo(serial);
  }

  @Test
  void profilesHaveTheBooksOfTheDesign() {
    assertThat(Profile.STANDARD.draws()).isEqualTo(100);
    assertThat(Profile.NIST_800_63B.draws()).isEqualTo(12);
    assertThat(Profile.parse("nist-800-63b")).isEqualTo(Profile.NIST_800_63B);
    assertThatThrownBy(() -> Profile.parse("other"))
        .hasMessageContaining("known: standard, nist-800-63b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " a", "a b", "a/b", "-a", "あ", "a\n"})
  void subjectsAreReferencesNotFreeText(String text) {
    assertThatThrownBy(() -> new Subject(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void differentFieldsNeverGiveTheSameMacInput() {
    assertThat(MacInput.of("a").text("bc").toBytes())
        .isNotEqualTo(MacInput.of("ab").text("c").toBytes())
        .isNotEqualTo(MacInput.of("a").text("b").text("c").toBytes());
    assertThat(MacInput.of("karuta kcv v1").toBytes())
        .isEqualTo("\0\15karuta kcv v1".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    assertThat(MacInput.of("d").uint16(0x0102).uint16s(new int[] {3, 0x0405}).toBytes())
        .containsExactly(0, 1, 'd', 0, 2, 1, 2, 0, 4, 0, 3, 4, 5);
  }

  @Test
  void anAnswerCoversEverythingThatFixesIt() {
    var card = new CardId(Serial.ofRandomDigits("0123456789"), new Generation(1));
    var other = new CardId(card.serial(), new Generation(2));
    var cells = List.of(Cell.at(0, 1), Cell.at(2, 7));
    var swappedCells = List.of(Cell.at(2, 7), Cell.at(0, 1));
    var pictures = List.of(new PictureId(3), new PictureId(511));
    var inputs = new HashSet<String>();
    for (var subject : List.of("s-1", "s-2")) {
      for (var id : List.of(card, other)) {
        for (var draw : List.of(1, 2)) {
          for (var asked : List.of(cells, swappedCells)) {
            for (var picked : List.of(pictures, pictures.reversed())) {
              var input = MacInput.answer(new Subject(subject), id, draw, asked, picked);
              inputs.add(java.util.HexFormat.of().formatHex(input.toBytes()));
            }
          }
        }
      }
    }
    assertThat(inputs).hasSize(32);
    assertThatThrownBy(
            () -> MacInput.answer(new Subject("s"), card, 1, cells, List.of(new PictureId(1))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aClosedMacInputHoldsNothing() {
    var input = MacInput.of("karuta answer v1").text("x");
    input.close();
    assertThatIllegalStateException().isThrownBy(input::toBytes);
  }
}
