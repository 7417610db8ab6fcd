package karuta.provisioning.batch;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/// Finds the numbers that stand more than once in an array: in a sorted copy they are neighbours. A set would take
/// several times the memory.
final class Doubled {
  private Doubled() {}

  /// Of the first `count` numbers, those that come again.
  static Set<Long> of(long[] numbers, int count) {
    var sorted = Arrays.copyOf(numbers, count);
    Arrays.sort(sorted);
    var doubled = new HashSet<Long>();
    for (var i = 1; i < count; i++) {
      if (sorted[i] == sorted[i - 1]) {
        doubled.add(sorted[i]);
      }
    }
    return doubled;
  }
}
