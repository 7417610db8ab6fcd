package karuta.provisioning.batch;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.IntFunction;
import karuta.card.Serial;

/// Random card numbers from the token, none twice in a batch: five bytes at a time, by rejection, so that each of the
/// ten thousand million is equally likely. All are drawn at the start; a million take 8 MB, and twice that while
/// doubled ones are looked for.
///
/// Two batches may hold the same number (10 digits, birthday bound); so a number names no card: it
/// finds all cards that have it, and subject and generation say which is meant.
final class Serials {
  private static final long COUNT = 10_000_000_000L;
  private static final long LIMIT = (1L << 40) / COUNT * COUNT;
  private static final int FETCH = 4000;

  private final IntFunction<byte[]> random;
  private final long[] numbers;
  private int given;
  private byte[] bytes = new byte[0];
  private int position;

  /// @param random that many random bytes of the token
  /// @param count how many numbers
  Serials(IntFunction<byte[]> random, int count) {
    this.random = random;
    this.numbers = new long[count];
    Arrays.setAll(numbers, i -> draw());
    var doubled = Doubled.of(numbers, count);
    while (!doubled.isEmpty()) {
      for (var i = count - 1; i >= 0; i--) {
        if (doubled.remove(numbers[i])) {
          numbers[i] = draw();
        }
      }
      doubled = Doubled.of(numbers, count);
    }
  }

  /// The next number; empty when all were given.
  Optional<Serial> next() {
    return given == numbers.length
        ? Optional.empty()
        : Optional.of(Serial.ofRandomDigits("%010d".formatted(numbers[given++])));
  }

  private long draw() {
    var number = fortyBits();
    while (number >= LIMIT) {
      number = fortyBits();
    }
    return number % COUNT;
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
