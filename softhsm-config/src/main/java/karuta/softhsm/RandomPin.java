package karuta.softhsm;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/// A PIN nobody chose: 24 characters of 32, which is 120 bits. It goes from here into a private file and nowhere else.
final class RandomPin implements AutoCloseable {
  private static final byte[] ALPHABET =
      "abcdefghijkmnpqrstuvwxyz23456789".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
  private static final int LENGTH = 24;

  private final byte[] characters = new byte[LENGTH];

  RandomPin(RandomGenerator random) {
    for (var i = 0; i < LENGTH; i++) {
      characters[i] = ALPHABET[random.nextInt(ALPHABET.length)];
    }
  }

  /// The characters themselves, not a copy: they are gone after [#close].
  byte[] characters() {
    return characters;
  }

  @Override
  public void close() {
    Arrays.fill(characters, (byte) 0);
  }
}
