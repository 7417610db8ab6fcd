package karuta.benchmarks.report;

import java.util.List;

/// One measured quantity, once for each round.
///
/// @param name unique in a report, the same from run to run: `PostgreSQL / REST, HTTP/1.1 / rate`
/// @param unit such as `1/s`
/// @param rounds at least one
public record Figure(String name, String unit, List<Double> rounds) {
  /// Copies the rounds.
  public Figure {
    rounds = List.copyOf(rounds);
    if (rounds.isEmpty()) {
      throw new IllegalArgumentException(name + " was not measured");
    }
  }

  /// The middle one; of an even number the lower of the two.
  public double median() {
    return rounds.stream().sorted().toList().get((rounds.size() - 1) / 2);
  }

  /// How far the rounds lie apart: largest less smallest, as a part of the median.
  public double spread() {
    var sorted = rounds.stream().sorted().toList();
    return median() == 0 ? 0 : (sorted.getLast() - sorted.getFirst()) / median();
  }
}
