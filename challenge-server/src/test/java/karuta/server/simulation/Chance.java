package karuta.server.simulation;

import java.util.List;
import java.util.SplittableRandom;

/// The choices of one step of a history: the same number chooses the same.
final class Chance {
  private final SplittableRandom random;

  Chance(long number) {
    this.random = new SplittableRandom(number);
  }

  /// Whether something happens that happens once in so many times.
  boolean oneIn(int times) {
    return random.nextInt(times) == 0;
  }

  /// Whether something happens that happens so many times in a thousand.
  boolean perMille(int times) {
    return random.nextInt(1_000) < times;
  }

  /// A number from the first to the last.
  int from(int first, int last) {
    return random.nextInt(first, last + 1);
  }

  <T> T of(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }
}
