package karuta.server.answer;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import karuta.bundle.DrawRecord;
import karuta.card.Palette;
import karuta.card.PictureId;
import karuta.card.Profile;
import karuta.guard.client.Question.Asked;
import karuta.server.card.Refusal;
import karuta.server.store.BookRow;
import karuta.server.store.ChallengeRow;

/// What a customer claims to see on the card: positions on a screen, and what stood there.
///
/// Everything but the positions comes from the stored draw, never from the caller: who could choose the subject, the
/// cells or the draw that are verified would need far fewer guesses. The pictures picked are never put together here:
/// each goes from the screen's 64 straight into the bytes for the guard, which exist outside the heap and for one call
/// only.
final class Claim {
  private Claim() {}

  /// The draws of a challenge with what was picked for them.
  ///
  /// @param choices for each draw of the challenge, for each of its cells, a position 0..63 on screen
  /// @throws Refusal INVALID_FIELD if their number or range is not what was asked: then nothing is judged
  static List<Asked> of(
      ChallengeRow challenge, BookRow book, Profile profile, List<List<Integer>> choices) {
    if (choices.size() != challenge.draws().size()) {
      throw invalid("answers must have one entry for each question");
    }
    for (var positions : choices) {
      check(positions, profile);
    }
    var asked = new ArrayList<Asked>();
    for (var question = 0; question < choices.size(); question++) {
      var draw = book.draw(profile, challenge.draws().get(question));
      var shown = shown(challenge, book, draw, question);
      asked.add(new Asked(draw, new Picked(shown, choices.get(question))));
    }
    return asked;
  }

  /// Looks each picture up when it is asked for.
  private static final class Picked extends AbstractList<PictureId> {
    private final List<List<PictureId>> shown;
    private final List<Integer> positions;

    /// @param shown for each cell the 64 pictures in the order on screen
    /// @param positions for each cell the one chosen
    Picked(List<List<PictureId>> shown, List<Integer> positions) {
      this.shown = shown;
      this.positions = positions;
    }

    @Override
    public PictureId get(int cell) {
      return shown.get(cell).get(positions.get(cell));
    }

    @Override
    public int size() {
      return positions.size();
    }
  }

  private static List<List<PictureId>> shown(
      ChallengeRow challenge, BookRow book, DrawRecord draw, int question) {
    var shown = new ArrayList<List<PictureId>>();
    for (var cell = 0; cell < draw.cells().size(); cell++) {
      var palette = Palette.of(book.seed(), draw.cells().get(cell));
      shown.add(challenge.order().shown(question, cell, palette));
    }
    return shown;
  }

  private static void check(List<Integer> positions, Profile profile) {
    if (positions.size() != profile.cellsPerDraw()) {
      throw invalid("choices must have one entry for each cell");
    }
    for (var choice : positions) {
      if (choice < 0 || choice >= Palette.SIZE) {
        throw invalid("choices must be 0 to 63");
      }
    }
  }

  private static Refusal invalid(String message) {
    return new Refusal(Refusal.Code.INVALID_FIELD, message);
  }
}
