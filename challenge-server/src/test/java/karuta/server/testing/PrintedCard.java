package karuta.server.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import karuta.bundle.CardBook;
import karuta.bundle.DrawRecord;
import karuta.card.CardId;
import karuta.card.Cell;
import karuta.card.MacInput;
import karuta.card.Palette;
import karuta.card.PaletteSeed;
import karuta.card.PictureId;
import karuta.card.Profile;
import karuta.card.Subject;
import karuta.server.challenge.ChallengeView;

/// A card as its customer holds it, and the book that belongs to it. Made in plain Java from numbers a test gives, so
/// that a test knows the right answers, which the server never does.
public final class PrintedCard {
  private final List<PictureId> layout = new ArrayList<>();
  private final CardBook book;

  /// @param tag makes the tag of an answer's bytes
  public PrintedCard(
      Subject subject,
      CardId card,
      Profile profile,
      UnaryOperator<byte[]> tag,
      RandomGenerator random) {
    var bytes = new byte[PaletteSeed.BYTES];
    random.nextBytes(bytes);
    var seed = new PaletteSeed(bytes);
    for (var cell = 0; cell < Cell.COUNT; cell++) {
      var palette = Palette.of(seed, new Cell(cell));
      PictureId picture;
      do {
        picture = palette.at(random.nextInt(Palette.SIZE));
      } while (layout.contains(picture));
      layout.add(picture);
    }
    var draws = new ArrayList<DrawRecord>();
    for (var cells : groups(profile)) {
      var number = draws.size() + 1;
      var pictures = cells.stream().map(this::at).toList();
      try (var input = MacInput.answer(subject, card, number, cells, pictures)) {
        draws.add(new DrawRecord(number, cells, tag.apply(input.toBytes())));
      }
    }
    this.book = new CardBook(subject, card, profile, seed, draws);
  }

  public CardBook book() {
    return book;
  }

  /// The picture printed in a cell.
  public PictureId at(Cell cell) {
    return layout.get(cell.index());
  }

  /// What a customer with this card picks.
  public List<List<Integer>> answer(ChallengeView challenge) {
    return challenge.questions().stream()
        .map(
            question ->
                question.cells().stream()
                    .map(asked -> asked.choices().indexOf(at(asked.cell())))
                    .toList())
        .toList();
  }

  /// An answer that is wrong in the last cell of the last question alone.
  public List<List<Integer>> wrongAnswer(ChallengeView challenge) {
    var right = answer(challenge);
    var last = new ArrayList<>(right.getLast());
    last.set(last.size() - 1, (last.getLast() + 1) % Palette.SIZE);
    var wrong = new ArrayList<>(right);
    wrong.set(wrong.size() - 1, last);
    return wrong;
  }

  /// Groups in a pattern: within a round every cell once, and no group twice in a book.
  private static List<List<Cell>> groups(Profile profile) {
    var groups = new ArrayList<List<Cell>>();
    for (var round = 0; round < profile.rounds(); round++) {
      for (var i = 0; i < profile.drawsPerRound(); i++) {
        var group = new ArrayList<Cell>();
        for (var c = 0; c < profile.cellsPerDraw(); c++) {
          var turn = (i + c * round) % profile.drawsPerRound();
          group.add(new Cell(c * profile.drawsPerRound() + turn));
        }
        groups.add(group);
      }
    }
    return groups;
  }
}
