package karuta.benchmarks.load;

import java.util.random.RandomGenerator;
import karuta.v1.AskedCell;

/// The customers who are asked, by the numbers of their cards.
public interface Cards {
  /// A card at random that nobody else is asked about.
  int take(RandomGenerator random);

  /// Gives it back.
  void giveBack(int card);

  /// Whose it is.
  String subject(int card);

  /// What its holder picks for a cell.
  int choice(int card, AskedCell cell);
}
