package karuta.demo;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
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

/// A card in its customer's hand, who reads the named cells and points at the pictures that stand there.
///
/// The cards come from the bureau's opened print jobs, which is where a card's layout may be.
///
/// @param layout the 50 pictures in cell order, as printed
public record HeldCard(List<PictureId> layout) {
  /// The card with this serial, from the print jobs that were opened in a directory.
  ///
  /// @throws IllegalStateException if none has it
  public static HeldCard of(Home home, String serial) {
    var cards = new HashMap<String, HeldCard>();
    try (var opened = Files.newDirectoryStream(home.directory(), "bureau*")) {
      for (var job : opened) {
        try (var records = Files.newDirectoryStream(job, "records-*.jsonl")) {
          for (var file : records) {
            cards.putAll(read(file));
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var card = cards.get(serial);
    if (card == null) {
      throw new IllegalStateException("no print job was opened here with the card " + serial);
    }
    return card;
  }

  /// The cards in a file of records, by serial.
  static Map<String, HeldCard> read(Path records) throws IOException {
    var cards = new HashMap<String, HeldCard>();
    for (var line : Files.readAllLines(records)) {
      var record = new JsonObject(line);
      var pictures = new ArrayList<PictureId>();
      for (var id : record.getJsonArray("pictures")) {
        pictures.add(new PictureId((Integer) id));
      }
      cards.put(record.getString("serial"), new HeldCard(List.copyOf(pictures)));
    }
    return cards;
  }

  /// The picture in a cell, as its holder reads it off the paper: the SHA-256 of its bytes, in hex.
  ///
  /// @param cell for example `B-7`
  public String picture(String cell) {
    return Catalogue.v1().picture(layout.get(Cell.parse(cell).index())).sha256();
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
        var asked = question.getCells(i);
        answer.addChoices((choice(asked, picture(asked.getCell())) + (last ? shift : 0)) % 64);
      }
      answers.add(answer.build());
    }
    return answers;
  }

  /// The choice that shows a picture among those of a cell.
  ///
  /// @param picture the SHA-256 of its bytes, in hex
  public static int choice(AskedCell asked, String picture) {
    return asked.getChoicesList().stream()
        .filter(choice -> choice.getPictureUrl().contains(picture))
        .findFirst()
        .orElseThrow(
            () -> new AssertionError("the right picture of " + asked.getCell() + " is not shown"))
        .getChoice();
  }
}
