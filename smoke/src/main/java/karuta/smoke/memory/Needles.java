package karuta.smoke.memory;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Finds any of some thousand byte patterns in gigabytes, at every offset, in one pass.
///
/// The last eight bytes read are kept as one number. A bit table of a million entries says for nearly every offset that
/// no pattern begins there; only what it lets through is looked up and compared as a whole. Patterns have names, and
/// only names are told: a finding must not print what was found.
final class Needles {
  /// Bytes that a pattern has at least.
  static final int SHORTEST = Long.BYTES;

  private static final int CHUNK = 1 << 22;
  private static final int FILTER_BITS = 20;

  private final Map<Long, List<Needle>> byBeginning = new HashMap<>();
  private final long[] filter = new long[(1 << FILTER_BITS) / Long.SIZE];
  private int longest = SHORTEST;

  private static final class Needle {
    private final String name;
    private final byte[] bytes;

    Needle(String name, byte[] bytes) {
      this.name = name;
      this.bytes = bytes;
    }

    boolean standsIn(byte[] buffer, int start, int filled) {
      var end = start + bytes.length;
      return end <= filled && Arrays.equals(bytes, 0, bytes.length, buffer, start, end);
    }
  }

  /// Where bytes come from, as with [java.io.InputStream#read(byte\[\], int, int)]: -1 at the end.
  @FunctionalInterface
  interface Source {
    int read(byte[] into, int from, int length) throws IOException;
  }

  void add(String name, byte[] pattern) {
    if (pattern.length < SHORTEST) {
      throw new IllegalArgumentException("too short to be told from chance: " + name);
    }
    var beginning = 0L;
    for (var i = 0; i < SHORTEST; i++) {
      beginning = shifted(beginning, pattern[i]);
    }
    byBeginning.computeIfAbsent(beginning, key -> new ArrayList<>()).add(new Needle(name, pattern));
    var slot = slot(beginning);
    filter[slot >>> 6] |= 1L << slot;
    longest = Math.max(longest, pattern.length);
  }

  /// The names of the patterns that occur.
  Set<String> in(Source source) throws IOException {
    var found = new TreeSet<String>();
    var buffer = new byte[CHUNK + longest];
    var filled = 0;
    while (true) {
      var read = source.read(buffer, filled, buffer.length - filled);
      if (read < 0) {
        scan(buffer, filled, filled - SHORTEST, found);
        return found;
      }
      filled += read;
      if (filled == buffer.length) {
        scan(buffer, filled, filled - longest, found);
        var kept = longest - 1;
        System.arraycopy(buffer, filled - kept, buffer, 0, kept);
        filled = kept;
      }
    }
  }

  /// Looks at every beginning up to and including `last`.
  private void scan(byte[] buffer, int filled, int last, Set<String> found) {
    var beginning = 0L;
    for (var i = 0; i < Math.min(SHORTEST - 1, filled); i++) {
      beginning = shifted(beginning, buffer[i]);
    }
    for (var start = 0; start <= last; start++) {
      beginning = shifted(beginning, buffer[start + SHORTEST - 1]);
      var slot = slot(beginning);
      if ((filter[slot >>> 6] & (1L << slot)) != 0) {
        compare(beginning, buffer, start, filled, found);
      }
    }
  }

  private void compare(long beginning, byte[] buffer, int start, int filled, Set<String> found) {
    for (var needle : byBeginning.getOrDefault(beginning, List.of())) {
      if (needle.standsIn(buffer, start, filled)) {
        found.add(needle.name);
      }
    }
  }

  private static long shifted(long beginning, byte next) {
    return (beginning << 8) | (next & 0xff);
  }

  private static int slot(long beginning) {
    return (int) ((beginning * 0x9E3779B97F4A7C15L) >>> (Long.SIZE - FILTER_BITS));
  }
}
