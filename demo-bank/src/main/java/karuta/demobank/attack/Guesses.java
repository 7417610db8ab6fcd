package karuta.demobank.attack;

import java.util.List;

/// What guessing brought the attacker.
///
/// @param outcomes what each guess was answered with
public record Guesses(List<Guess> outcomes) {
  /// One guess.
  public record Guess(int number, String outcome, int attemptsLeft) {}
}
