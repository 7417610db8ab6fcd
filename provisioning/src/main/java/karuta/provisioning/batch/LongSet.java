package karuta.provisioning.batch;

/// A set of numbers in one array, at most half full: 8 to 32 bytes a number. For a million, 16 MB.
final class LongSet {
  private long[] slots = new long[1024];
  private boolean zero;
  private int size;

  /// Adds a number.
  ///
  /// @return whether it was new
  boolean add(long number) {
    if (number == 0) {
      var isNew = !zero;
      zero = true;
      return isNew;
    }
    if (2 * (size + 1) > slots.length) {
      grow();
    }
    if (!put(slots, number)) {
      return false;
    }
    size++;
    return true;
  }

  private void grow() {
    var larger = new long[2 * slots.length];
    for (var number : slots) {
      if (number != 0) {
        put(larger, number);
      }
    }
    slots = larger;
  }

  private static boolean put(long[] slots, long number) {
    // The golden ratio spreads neighbours (Knuth, The Art of Computer Programming, vol. 3, section
    // 6.4).
    var i = (int) ((number * 0x9e3779b97f4a7c15L) >>> 32) & (slots.length - 1);
    while (slots[i] != 0) {
      if (slots[i] == number) {
        return false;
      }
      i = (i + 1) & (slots.length - 1);
    }
    slots[i] = number;
    return true;
  }
}
