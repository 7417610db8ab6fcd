package karuta.server.simulation;

import java.security.SecureRandom;
import java.security.SecureRandomSpi;
import java.util.Random;

/// What the program takes for a source of secrets, and is the same for the same number.
final class SeededRandom extends SecureRandom {
  private static final long serialVersionUID = 1;

  SeededRandom(long number) {
    super(new Numbers(number), null);
  }

  private static final class Numbers extends SecureRandomSpi {
    private static final long serialVersionUID = 1;

    private final Random random;

    Numbers(long number) {
      this.random = new Random(number);
    }

    @Override
    protected void engineSetSeed(byte[] seed) {
      // the number is its seed
    }

    @Override
    protected void engineNextBytes(byte[] bytes) {
      random.nextBytes(bytes);
    }

    @Override
    protected byte[] engineGenerateSeed(int count) {
      var bytes = new byte[count];
      random.nextBytes(bytes);
      return bytes;
    }
  }
}
