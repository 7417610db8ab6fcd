package karuta.smoke;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import karuta.card.Cell;
import karuta.card.PictureId;
import karuta.catalogue.Catalogue;
import karuta.v1.AskedCell;
import karuta.v1.Challenge;
import karuta.v1.QuestionAnswer;

/// A customer with his card in his hand: he reads the named cells and points at the pictures that stand there.
///
/// The cards come from the bureau's opened print job (`records-00001.jsonl`), which is where a card's layout may be.
record Card(List<PictureId> layout) {
  /// The cards of an opened print job, by serial.
  static Map<String, Card> readAll(Path records) throws IOException {
    var cards = new HashMap<String, Card>();
    for (var line : Files.readAllLines(records)) {
      var record = new JsonObject(line);
      var pictures = new ArrayList<PictureId>();
      for (var id : record.getJsonArray("pictures")) {
        pictures.add(new PictureId((Integer) id));
      }
      cards.put(record.getString("serial"), new Card(List.copyOf(pictures)));
    }
    return Map.copyOf(cards);
  }

  /// The right answer.
  List<QuestionAnswer> right(Challenge challenge) {
    return answer(challenge, 0);
  }

  /// An answer with the last picture of each question replaced by its neighbour.
  List<QuestionAnswer> wrong(Challenge challenge) {
    return answer(challenge, 1);
  }

  private List<QuestionAnswer> answer(Challenge challenge, int shift) {
    var answers = new ArrayList<QuestionAnswer>();
    for (var question : challenge.getQuestionsList()) {
      var answer = QuestionAnswer.newBuilder();
      for (var i = 0; i < question.getCellsCount(); i++) {
        var last = i == question.getCellsCount() - 1;
        answer.addChoices((choice(question.getCells(i)) + (last ? shift : 0)) % 64);
      }
      answers.add(answer.build());
    }
    return answers;
  }

  private int choice(AskedCell asked) {
    var picture = layout.get(Cell.parse(asked.getCell()).index());
    var digest = Catalogue.v1().picture(picture).sha256();
    return asked.getChoicesList().stream()
        .filter(choice -> choice.getPictureUrl().contains(digest))
        .findFirst()
        .orElseThrow(
            () -> new AssertionError("the right picture of " + asked.getCell() + " is not shown"))
        .getChoice();
  }
}
