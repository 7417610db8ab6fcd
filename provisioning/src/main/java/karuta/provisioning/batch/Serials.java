package karuta.provisioning.batch;

import java.util.function.IntFunction;
import karuta.card.Serial;

/// Random card numbers from the token, none twice in a batch: five bytes at a time, by rejection, so that each of the ten
/// thousand million is equally likely.
///
/// Two batches may hold the same number (10 digits, birthday bound); so a number names no card: it
/// finds all cards that have it, and subject and generation say which is meant.
final class Serials {
  private static final long COUNT = 10_000_000_000L;
  private static final long LIMIT = (1L << 40) / COUNT * COUNT;
  private static final int FETCH = 4000;

  private final IntFunction<byte[]> random;
  private final LongSet used = new LongSet();
  private byte[] bytes = new byte[0];
  private int position;

  /// @param random that many random bytes of the token
  Serials(IntFunction<byte[]> random) {
    this.random = random;
  }

  Serial next() {
    while (true) {
      var number = fortyBits();
      if (number < LIMIT && used.add(number % COUNT)) {
        return Serial.ofRandomDigits("%010d".formatted(number % COUNT));
      }
    }
  }

  private long fortyBits() {
    if (position == bytes.length) {
      bytes = random.apply(FETCH);
      position = 0;
    }
    var number = 0L;
    for (var i = 0; i < 5; i++) {
      number = (number << 8) | (bytes[position++] & 0xff);
    }
    return number;
  }
}
