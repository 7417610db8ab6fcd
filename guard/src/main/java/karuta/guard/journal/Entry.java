package karuta.guard.journal;

import java.util.List;
import java.util.Optional;
import karuta.card.ChallengeId;
import karuta.card.Generation;
import karuta.card.Subject;
import karuta.guard.client.Head;
import karuta.guard.client.Judgement.Verdict;
import karuta.guard.client.Question;
import karuta.guard.client.Question.Statement;
import karuta.guard.client.Recall;

/// What a guard would record: a verdict of the token, or that a challenge is closed without one.
///
/// @param draws those of the challenge; none if it is closed
/// @param statement what a receipt says of it; none if it is closed
/// @param shown the last judgement of the card that the caller remembers
public record Entry(
    ChallengeId challenge,
    Subject subject,
    Generation generation,
    List<Integer> draws,
    Optional<Statement> statement,
    Verdict verdict,
    Head shown) {
  /// An answer that the token judged.
  public static Entry of(Question question, boolean right) {
    return new Entry(
        question.challenge(),
        question.subject(),
        question.card().generation(),
        question.draws(),
        Optional.of(question.statement()),
        right ? Verdict.RIGHT : Verdict.WRONG,
        question.shown());
  }

  /// The end of a challenge that nobody answered.
  public static Entry of(Recall recall) {
    return new Entry(
        recall.challenge(),
        recall.subject(),
        recall.generation(),
        List.of(),
        Optional.empty(),
        Verdict.UNANSWERED,
        recall.shown());
  }

  boolean answers() {
    return verdict != Verdict.UNANSWERED;
  }
}
