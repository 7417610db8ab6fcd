package karuta.server.answer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import karuta.bundle.DrawRecord;
import karuta.card.EpochId;
import karuta.card.MacInput;
import karuta.card.Palette;
import karuta.card.PictureId;
import karuta.card.Profile;
import karuta.server.card.Refusal;
import karuta.server.store.BookRow;
import karuta.server.store.ChallengeRow;
import karuta.server.token.AnswerToken;

/// What a customer claims to see on his card, turned into the bytes the token judges, and wiped afterwards.
///
/// Everything but the pictures comes from the stored draw, never from the caller: who could choose the subject, the cells
/// or the draw that are verified would need far fewer guesses.
final class Claim implements AutoCloseable {
  private final EpochId epoch;
  private final List<DrawRecord> draws = new ArrayList<>();
  private final List<byte[]> inputs = new ArrayList<>();

  /// @param choices for each draw of the challenge, for each of its cells, a position 0..63 on screen
  /// @throws Refusal INVALID_FIELD if their number or range is not what was asked: then nothing is counted
  Claim(ChallengeRow challenge, BookRow book, Profile profile, List<List<Integer>> choices) {
    this.epoch = book.epoch();
    if (choices.size() != challenge.draws().size()) {
      throw invalid("answers must have one entry for each question");
    }
    for (var picked : choices) {
      check(picked, profile);
    }
    for (var question = 0; question < choices.size(); question++) {
      var draw = book.draw(profile, challenge.draws().get(question));
      draws.add(draw);
      inputs.add(input(challenge, book, draw, question, choices.get(question)));
    }
  }

  /// Has every draw judged, whatever the first verdict was, so that neither time nor the token's own counts tell which of
  /// two draws was wrong.
  ///
  /// @throws karuta.server.token.TokenUnavailable if one of them got no verdict
  boolean right(AnswerToken token) {
    var right = true;
    for (var i = 0; i < draws.size(); i++) {
      right &= token.verify(epoch, inputs.get(i), draws.get(i).tag());
    }
    return right;
  }

  @Override
  public void close() {
    inputs.forEach(input -> Arrays.fill(input, (byte) 0));
  }

  private static byte[] input(
      ChallengeRow challenge, BookRow book, DrawRecord draw, int question, List<Integer> picked) {
    var pictures = new ArrayList<PictureId>();
    for (var cell = 0; cell < picked.size(); cell++) {
      var palette = Palette.of(book.seed(), draw.cells().get(cell));
      pictures.add(challenge.order().shown(question, cell, palette).get(picked.get(cell)));
    }
    try (var input =
        MacInput.answer(book.subject(), book.card(), draw.number(), draw.cells(), pictures)) {
      return input.toBytes();
    }
  }

  private static void check(List<Integer> picked, Profile profile) {
    if (picked.size() != profile.cellsPerDraw()) {
      throw invalid("choices must have one entry for each cell");
    }
    for (var choice : picked) {
      if (choice < 0 || choice >= Palette.SIZE) {
        throw invalid("choices must be 0 to 63");
      }
    }
  }

  private static Refusal invalid(String message) {
    return new Refusal(Refusal.Code.INVALID_FIELD, message);
  }
}
