package karuta.provisioning.layout;

import java.util.Arrays;
import java.util.function.IntFunction;

/// The blocks of a card's stream as one row of bits, most significant bit first, taken six at a time.
///
/// Six bits may lie in two blocks: nothing is thrown away. Blocks are fetched when needed and wiped when used up.
final class BitStream implements AutoCloseable {
  private static final int BITS = 6;

  private final IntFunction<byte[]> blocks;
  private byte[] block = new byte[0];
  private int next;
  private int bitsTaken;

  /// @param blocks gives block 0, 1, ...; each is wiped here
  BitStream(IntFunction<byte[]> blocks) {
    this.blocks = blocks;
  }

  /// The next number 0..63.
  int sixBits() {
    var value = 0;
    for (var i = 0; i < BITS; i++) {
      value = value << 1 | bit();
    }
    return value;
  }

  private int bit() {
    if (bitsTaken == 8 * block.length) {
      close();
      block = blocks.apply(next++);
      bitsTaken = 0;
    }
    var bit = block[bitsTaken / 8] >>> (7 - bitsTaken % 8) & 1;
    bitsTaken++;
    return bit;
  }

  @Override
  public void close() {
    Arrays.fill(block, (byte) 0);
  }
}
