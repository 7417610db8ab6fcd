package karuta.demobank.web;

import com.google.protobuf.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import karuta.v1.AskedCell;
import karuta.v1.Challenge;

/// A question as the page shows it: each asked cell with its 64 pictures in the order of this challenge.
///
/// @param cells all cells of all questions, in order
/// @param sheet the address of their pictures
/// @param secondsLeft of the answer window, the last one counted whole; at least 0
/// @param expiresAt when the window ends
record QuestionView(List<CellView> cells, String sheet, long secondsLeft, Timestamp expiresAt) {
  /// One asked cell.
  ///
  /// @param field the form's field, `q0c1` for the second cell of the first question
  /// @param cell as printed, `ウ-7`
  /// @param rowNumber 1..5
  /// @param column 1..10
  record CellView(String field, String cell, int rowNumber, int column, List<ChoiceView> choices) {}

  /// One picture to pick.
  ///
  /// @param symbol its id in the sheet
  record ChoiceView(int choice, String symbol, String label) {}

  static QuestionView of(Challenge challenge, String language, Instant now) {
    var cells = new ArrayList<CellView>();
    for (var q = 0; q < challenge.getQuestionsCount(); q++) {
      var question = challenge.getQuestions(q);
      for (var c = 0; c < question.getCellsCount(); c++) {
        cells.add(cell(field(q, c), question.getCells(c), language));
      }
    }
    var expiry = challenge.getExpiresAt();
    var left = Duration.between(now, Instant.ofEpochSecond(expiry.getSeconds(), expiry.getNanos()));
    return new QuestionView(
        List.copyOf(cells),
        Pictures.sheet(challenge),
        Math.max(0, left.plusMillis(999).toSeconds()),
        expiry);
  }

  /// The form's field for a cell of a question.
  static String field(int question, int cell) {
    return "q" + question + "c" + cell;
  }

  private static CellView cell(String field, AskedCell asked, String language) {
    var choices =
        asked.getChoicesList().stream()
            .map(
                choice ->
                    new ChoiceView(
                        choice.getChoice(),
                        Pictures.symbol(choice),
                        language.equals("ja") ? choice.getLabelJa() : choice.getLabelEn()))
            .toList();
    return new CellView(
        field,
        asked.getCell(),
        asked.getRowLatin().charAt(0) - 'A' + 1,
        asked.getColumn(),
        choices);
  }
}
