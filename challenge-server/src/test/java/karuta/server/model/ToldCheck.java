package karuta.server.model;

import static karuta.server.model.Violation.unless;

import java.util.List;
import karuta.server.model.Told.Asked;

/// Holds what callers were told against what the store and the journal hold: no told pass is lost, and every told wrong
/// answer is counted.
public final class ToldCheck {
  private final Told told;
  private final Records now;

  public ToldCheck(Told told, Records now) {
    this.told = told;
    this.now = now;
  }

  /// Every verdict that was told is the store's.
  public void isInTheStore() {
    for (var question : verdicts()) {
      var challenge = now.challenge(id(question));
      unless(
          challenge
              .filter(one -> one.state().equals(question.toldPassed ? "PASSED" : "FAILED"))
              .isPresent(),
          "%s was told its verdict, and the store has %s",
          question,
          challenge);
    }
  }

  /// Every verdict that was told is the journal's.
  public void isInTheJournal() {
    for (var question : verdicts()) {
      var judgement = now.judgementOf(id(question));
      unless(
          judgement.filter(one -> one.is(question.toldPassed ? "RIGHT" : "WRONG")).isPresent(),
          "%s was told its verdict, and the journal has %s",
          question,
          judgement);
    }
  }

  private List<Asked> verdicts() {
    return told.questions().stream().filter(Asked::hasVerdict).toList();
  }

  private static String id(Asked question) {
    return question.view.id().value();
  }
}
