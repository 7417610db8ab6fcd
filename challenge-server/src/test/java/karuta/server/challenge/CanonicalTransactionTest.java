package karuta.server.challenge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import karuta.server.card.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CanonicalTransactionTest {
  @Test
  void theVectorOfTheDocumentHolds() {
    var transaction = new Transaction("R-1", "山田 花子", "10000", "JPY", List.of("振込", "memo"));

    assertThat(HexFormat.of().formatHex(CanonicalTransaction.encode(transaction)))
        .isEqualTo(
            "0015"
                + "6b6172757461207472616e73616374696f6e207631"
                + "0003"
                + "522d31"
                + "000d"
                + "e5b1b1e794b020e88ab1e5ad90"
                + "0005"
                + "3130303030"
                + "0003"
                + "4a5059"
                + "0006"
                + "e68caf"
                + "e8bebc"
                + "0004"
                + "6d656d6f");
    assertThat(CanonicalTransaction.digest(transaction))
        .isEqualTo("0adfMUFuLIC058NelKQNAFFA5eloC3r3rakJmcQLexw");
    assertThat(CanonicalTransaction.decode(CanonicalTransaction.encode(transaction)))
        .isEqualTo(transaction);
  }

  @Test
  void textIsComposedAndTrimmed() {
    var sent = new Transaction(" r ", "が\u3000", "1", "JPY", List.of("  x  "));

    assertThat(CanonicalTransaction.of(Purpose.TRANSFER, sent))
        .isEqualTo(new Transaction("r", "が", "1", "JPY", List.of("x")));
  }

  @Test
  void aFieldMovedIntoItsNeighbourGivesAnotherDigest() {
    var one = new Transaction("ab", "c", "", "", List.of());
    var other = new Transaction("a", "bc", "", "", List.of());

    assertThat(CanonicalTransaction.digest(one)).isNotEqualTo(CanonicalTransaction.digest(other));
  }

  @ParameterizedTest
  @CsvSource({
    "10000, JPY, 10000",
    "10000.00, JPY, 10000",
    "007, JPY, 7",
    "12.5, EUR, 12.50",
    "12.500, EUR, 12.50",
    "1, BHD, 1.000",
    "999999999999999, JPY, 999999999999999"
  })
  void equalSumsGiveEqualText(String sent, String currency, String canonical) {
    var transaction = new Transaction("", "p", sent, currency, List.of());

    assertThat(CanonicalTransaction.of(Purpose.TRANSFER, transaction).amount())
        .isEqualTo(canonical);
  }

  @ParameterizedTest
  @CsvSource({
    "12.505, EUR",
    "1.5, JPY",
    "0, JPY",
    "0.00, EUR",
    "-1, JPY",
    "1e3, JPY",
    "'1,000', JPY",
    "１０００, JPY",
    "1, jpy",
    "1, ZZZ",
    "1, XXX",
    "1, ''",
    "'', JPY",
    "1000000000000000, JPY"
  })
  void amountsThatCouldMeanSomethingElseAreRefused(String amount, String currency) {
    refused(new Transaction("", "p", amount, currency, List.of()));
  }

  @Test
  void controlsDirectionMarksAndLoneSurrogatesAreRefused() {
    for (var payee :
        List.of("a\u0000b", "a\nb", "a\u202eb", "a\u200bb", "a\u2028b", "a\ud800", "\ue000")) {
      refused(new Transaction("", payee, "1", "JPY", List.of()));
      refused(new Transaction("", "p", "1", "JPY", List.of(payee)));
    }
  }

  /// The ranges of Default_Ignorable_Code_Point in DerivedCoreProperties.txt of Unicode 16, whatever their category.
  @ParameterizedTest
  @CsvSource({
    "00AD, 00AD",
    "034F, 034F",
    "061C, 061C",
    "115F, 1160",
    "17B4, 17B5",
    "180B, 180F",
    "200B, 200F",
    "202A, 202E",
    "2060, 206F",
    "3164, 3164",
    "FE00, FE0F",
    "FEFF, FEFF",
    "FFA0, FFA0",
    "FFF0, FFF8",
    "1BCA0, 1BCA3",
    "1D173, 1D17A",
    "E0000, E0FFF"
  })
  void whatNobodySeesIsRefused(String first, String last) {
    for (var c = Integer.parseInt(first, 16); c <= Integer.parseInt(last, 16); c++) {
      refused(new Transaction("", "葛" + Character.toString(c) + "城", "1", "JPY", List.of()));
    }
  }

  @Test
  void lengthsAreCountedInCharactersNotInBytes() {
    var kanji = "𠮷".repeat(140);
    assertThat(
            CanonicalTransaction.of(
                    Purpose.TRANSFER, new Transaction("", kanji, "1", "JPY", List.of()))
                .payee())
        .isEqualTo(kanji);

    refused(new Transaction("", kanji + "x", "1", "JPY", List.of()));
    refused(new Transaction("r".repeat(65), "p", "1", "JPY", List.of()));
    refused(new Transaction("", "p", "1", "JPY", Collections.nCopies(11, "x")));
  }

  @Test
  void aTransferNeedsAPayeeAndAnAmountOtherPurposesNeedNothing() {
    var empty = new Transaction("", "", "", "", List.of());
    refused(empty);
    refused(new Transaction("", "p", "", "", List.of()));
    refused(new Transaction("", " ", "1", "JPY", List.of()));

    assertThat(CanonicalTransaction.of(Purpose.PROFILE_CHANGE, empty)).isEqualTo(empty);
  }

  private static void refused(Transaction transaction) {
    assertThatThrownBy(() -> CanonicalTransaction.of(Purpose.TRANSFER, transaction))
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> assertThat(refusal.code()).isEqualTo(Refusal.Code.INVALID_FIELD));
  }
}
