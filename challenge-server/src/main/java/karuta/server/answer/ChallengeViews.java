package karuta.server.answer;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import karuta.card.ChallengeId;
import karuta.card.Palette;
import karuta.server.card.Refusal;
import karuta.server.challenge.CanonicalTransaction;
import karuta.server.challenge.ChallengeState;
import karuta.server.challenge.ChallengeView;
import karuta.server.challenge.ChallengeView.AskedCell;
import karuta.server.challenge.ChallengeView.Question;
import karuta.server.store.BookRow;
import karuta.server.store.CardRow;
import karuta.server.store.ChallengeRow;
import karuta.server.store.Tx;

/// Draws the question: for each cell the 64 pictures of its palette, always the same set, in this challenge's order.
///
/// Neither the right picture nor anything that depends on it is known here.
final class ChallengeViews {
  private final AnswerContext context;

  ChallengeViews(AnswerContext context) {
    this.context = context;
  }

  ChallengeView of(Tx tx, ChallengeId id, Instant now) {
    var challenge =
        tx.challenges()
            .find(id)
            .orElseThrow(() -> new Refusal(Refusal.Code.CHALLENGE_NOT_FOUND, "no such challenge"));
    var card = tx.cards().find(challenge.subject(), challenge.generation()).orElseThrow();
    var book = tx.books().find(challenge.subject(), challenge.generation()).orElseThrow();
    return of(challenge, card, book, now);
  }

  ChallengeView of(ChallengeRow challenge, CardRow card, BookRow book, Instant now) {
    var state = state(challenge, now);
    var standing = context.standing(card);
    return new ChallengeView(
        challenge.id(),
        challenge.subject(),
        challenge.purpose(),
        challenge.transaction(),
        CanonicalTransaction.digest(challenge.transaction()),
        state,
        state == ChallengeState.OPEN ? questions(challenge, card, book) : List.of(),
        book.catalogue(),
        challenge.createdAt(),
        challenge.expiresAt(),
        challenge.receipt(),
        standing.drawsLeft(),
        standing.renewalDue());
  }

  /// A challenge whose time is over is expired, whether or not anybody has noted it yet.
  private static ChallengeState state(ChallengeRow challenge, Instant now) {
    return challenge.state() == ChallengeState.OPEN && !now.isBefore(challenge.expiresAt())
        ? ChallengeState.EXPIRED
        : challenge.state();
  }

  private static List<Question> questions(ChallengeRow challenge, CardRow card, BookRow book) {
    var questions = new ArrayList<Question>();
    for (var draw : challenge.draws()) {
      var cells = book.draw(card.progress().profile(), draw).cells();
      var asked = new ArrayList<AskedCell>();
      for (var cell : cells) {
        var palette = Palette.of(book.seed(), cell);
        asked.add(
            new AskedCell(cell, challenge.order().shown(questions.size(), asked.size(), palette)));
      }
      questions.add(new Question(asked));
    }
    return questions;
  }
}
