package karuta.provisioning.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BitStreamTest {
  /// Written a second way: the blocks as one number, cut from the top.
  @Test
  void sixBitsAreTakenFromTheTopAndAcrossBlocks() {
    var bytes = new byte[96];
    new Random(1).nextBytes(bytes);
    var all = new BigInteger(1, bytes);
    try (var stream =
        new BitStream(j -> java.util.Arrays.copyOfRange(bytes, 32 * j, 32 * j + 32))) {
      for (var i = 0; i < 128; i++) {
        var expected = all.shiftRight(8 * 96 - 6 * (i + 1)).intValue() & 63;
        assertThat(stream.sixBits()).isEqualTo(expected);
      }
    }
  }

  @Test
  void blocksAreFetchedWhenNeededAndWiped() {
    var given = new ArrayList<byte[]>();
    var stream =
        new BitStream(
            j -> {
              var block = new byte[32];
              java.util.Arrays.fill(block, (byte) 0xff);
              given.add(block);
              return block;
            });
    for (var i = 0; i < 42; i++) {
      assertThat(stream.sixBits()).isEqualTo(63);
    }
    assertThat(given).hasSize(1);
    stream.sixBits();
    assertThat(given).hasSize(2);
    assertThat(given.get(0)).containsOnly(0);
    assertThat(given.get(1)).containsOnly(0xff);
    stream.close();
    assertThat(given.get(1)).containsOnly(0);
  }
}
