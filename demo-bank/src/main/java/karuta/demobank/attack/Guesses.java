package karuta.demobank.attack;

import java.util.List;

/// What guessing brought the attacker.
///
/// @param outcomes what each guess was answered with
public record Guesses(List<Guess> outcomes) {
  /// One guess.
  ///
  /// @param outcome of an answer that was taken, or why the server put no question
  /// @param refused whether it put none
  public record Guess(int number, String outcome, boolean refused, int attemptsLeft) {}
}
