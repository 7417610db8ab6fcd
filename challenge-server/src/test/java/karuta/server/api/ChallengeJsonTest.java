package karuta.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import java.util.Random;
import karuta.catalogue.Catalogue;
import karuta.v1.AskedCell;
import karuta.v1.Challenge;
import karuta.v1.ChallengeState;
import karuta.v1.Choice;
import karuta.v1.Purpose;
import karuta.v1.Question;
import karuta.v1.Transaction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is put together from kept texts is, to the byte, what the printer of all messages prints.
class ChallengeJsonTest {
  private static final Catalogue CATALOGUE = Catalogue.v1();
  private static final String NASTY =
      "\"questions\":[],\"choices\":[] \\ <b>'=&</b> \u2028 ミズホ 🎴 \u0001";

  private final Random random = new Random(7);

  private Challenge challenge(int questions) {
    var challenge =
        Challenge.newBuilder()
            .setChallengeId("c".repeat(22))
            .setSubject(NASTY)
            .setPurpose(Purpose.TRANSFER)
            .setTransaction(
                Transaction.newBuilder()
                    .setReference(NASTY)
                    .setPayee(NASTY)
                    .setAmount("10000")
                    .addLines(NASTY))
            .setState(ChallengeState.OPEN)
            .setCreatedAt(Timestamp.newBuilder().setSeconds(1_800_000_000).setNanos(7_000_000))
            .setReceipt(questions == 0 ? "a.b.c" : "")
            .setDrawsLeft(random.nextInt(100))
            .setRenewalDue(random.nextBoolean())
            .setPictureSheetUrl("/v1/pictures/sheet.svg");
    for (var i = 0; i < questions; i++) {
      challenge.addQuestions(
          Question.newBuilder().addCells(cell("ウ", "C")).addCells(cell(NASTY, NASTY)));
    }
    return challenge.build();
  }

  private AskedCell cell(String row, String latin) {
    var cell =
        AskedCell.newBuilder().setCell(row + "-7").setRow(row).setRowLatin(latin).setColumn(7);
    for (var position = 0; position < 64; position++) {
      var picture = CATALOGUE.pictures().get(random.nextInt(CATALOGUE.pictures().size()));
      cell.addChoices(
          Choice.newBuilder()
              .setChoice(position)
              .setPictureUrl(Pictures.path(picture))
              .setLabelJa(picture.ja())
              .setLabelEn(picture.en()));
    }
    return cell.build();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void itIsWhatThePrinterOfAllMessagesPrints(int questions) {
    for (var i = 0; i < 20; i++) {
      var challenge = challenge(questions);
      assertThat(JsonMessages.print(challenge)).isEqualTo(JsonMessages.printed(challenge));
    }
  }

  /// A cell without choices, a question without cells: nothing that the server says, but messages all the same.
  @Test
  void whatIsEmptyIsPrintedEmpty() {
    var empty =
        Challenge.newBuilder()
            .addQuestions(Question.getDefaultInstance())
            .addQuestions(Question.newBuilder().addCells(AskedCell.getDefaultInstance()))
            .build();
    assertThat(JsonMessages.print(empty)).isEqualTo(JsonMessages.printed(empty));
    assertThat(JsonMessages.print(Challenge.getDefaultInstance()))
        .isEqualTo(JsonMessages.printed(Challenge.getDefaultInstance()));
  }
}
