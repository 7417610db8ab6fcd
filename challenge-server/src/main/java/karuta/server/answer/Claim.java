package karuta.server.answer;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import karuta.bundle.DrawRecord;
import karuta.card.MacInput;
import karuta.card.Palette;
import karuta.card.PictureId;
import karuta.card.Profile;
import karuta.server.card.Refusal;
import karuta.server.store.BookRow;
import karuta.server.store.ChallengeRow;
import karuta.server.token.AnswerToken;
import karuta.token.Verdict;

/// What a customer claims to see on the card: positions on a screen, and what stood there.
///
/// Everything but the positions comes from the stored draw, never from the caller: who could choose the subject, the cells
/// or the draw that are verified would need far fewer guesses. The pictures picked are never put together here: each goes
/// from the screen's 64 straight into the bytes under the tag, which exist outside the heap and for one verification only.
final class Claim {
  private final BookRow book;
  private final List<Picked> picked = new ArrayList<>();
  private volatile boolean asked;

  /// One draw, for each of its cells the 64 pictures in the order shown, and the position chosen.
  private record Picked(DrawRecord draw, List<List<PictureId>> shown, List<Integer> positions) {
    List<PictureId> pictures() {
      return new AbstractList<>() {
        @Override
        public PictureId get(int cell) {
          return shown.get(cell).get(positions.get(cell));
        }

        @Override
        public int size() {
          return positions.size();
        }
      };
    }
  }

  /// @param choices for each draw of the challenge, for each of its cells, a position 0..63 on screen
  /// @throws Refusal INVALID_FIELD if their number or range is not what was asked: then nothing is counted
  Claim(ChallengeRow challenge, BookRow book, Profile profile, List<List<Integer>> choices) {
    this.book = book;
    if (choices.size() != challenge.draws().size()) {
      throw invalid("answers must have one entry for each question");
    }
    for (var positions : choices) {
      check(positions, profile);
    }
    for (var question = 0; question < choices.size(); question++) {
      var draw = book.draw(profile, challenge.draws().get(question));
      picked.add(new Picked(draw, shown(challenge, book, draw, question), choices.get(question)));
    }
  }

  /// Has every draw judged, whatever the first verdict was, so that neither time nor the token's own counts tell which of
  /// two draws was wrong.
  ///
  /// @throws karuta.server.token.TokenUnavailable if one of them got no verdict
  boolean right(AnswerToken token) {
    asked = true;
    var right = true;
    for (var one : picked) {
      var draw = one.draw();
      try (var answer =
          MacInput.answer(
              book.subject(), book.card(), draw.number(), draw.cells(), one.pictures())) {
        right &= token.verify(book.epoch(), answer, draw.tag()) == Verdict.RIGHT;
      }
    }
    return right;
  }

  /// Whether a verdict was asked for: then one may be known that is not written.
  boolean asked() {
    return asked;
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
