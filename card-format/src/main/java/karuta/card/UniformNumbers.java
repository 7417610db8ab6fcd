package karuta.card;

/// Numbers below n, each equally likely, from a fixed run of uniform bytes: two bytes at a time, by rejection, never by
/// modulo of a range that n does not divide (NIST SP 800-90A rev. 1, appendix A.5.1).
public final class UniformNumbers {
  /// Bytes to start from. A palette takes 128 and rarely a few more, so the end is out of reach; meeting it is an
  /// error, not a repetition.
  public static final int BYTES = 1024;

  private final byte[] stream;
  private int position;

  UniformNumbers(byte[] stream) {
    this.stream = stream;
  }

  /// The next number in 0..n-1.
  ///
  /// @param n 1..65536
  public int below(int n) {
    if (n < 1 || n > 0x10000) {
      throw new IllegalArgumentException("n must be 1..65536, not " + n);
    }
    var limit = 0x10000 - 0x10000 % n;
    while (true) {
      if (position + 2 > stream.length) {
        throw new IllegalStateException("the stream of uniform numbers is used up");
      }
      var number = (stream[position] & 0xff) << 8 | (stream[position + 1] & 0xff);
      position += 2;
      if (number < limit) {
        return number % n;
      }
    }
  }
}
