package karuta.provisioning.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import karuta.provisioning.layout.ChiSquare;
import org.junit.jupiter.api.Test;

class SerialsTest {
  @Test
  void noNumberComesTwiceAndEveryDigitIsEven() {
    var random = new Random(5);
    var serials = new Serials(n -> bytes(random, n), 50_000);
    var seen = new HashSet<String>();
    var digits = new long[10][10];
    for (var i = 0; i < 50_000; i++) {
      var serial = serials.next().orElseThrow().digits();
      assertThat(seen.add(serial)).isTrue();
      for (var place = 0; place < 10; place++) {
        digits[place][serial.charAt(place) - '0']++;
      }
    }
    for (var place : digits) {
      assertThat(ChiSquare.deviation(place)).isLessThan(ChiSquare.LIMIT);
    }
  }

  @Test
  void aNumberDrawnTwiceIsDrawnAgain() {
    var calls = new int[1];
    var serials =
        new Serials(
            n -> {
              var bytes = new byte[n];
              Arrays.fill(bytes, n / 2, n, (byte) calls[0]++);
              return bytes;
            },
            2);
    assertThat(serials.next().orElseThrow().digits()).startsWith("0000000000");
    assertThat(serials.next().orElseThrow().digits()).doesNotStartWith("0000000000");
  }

  @Test
  void numbersAboveTheLastWholeRangeAreDrawnAgain() {
    var serials =
        new Serials(
            n -> {
              var bytes = new byte[n];
              Arrays.fill(bytes, 0, 5, (byte) 0xff);
              bytes[9] = 42;
              return bytes;
            },
            1);
    assertThat(serials.next().orElseThrow().digits()).startsWith("0000000042");
  }

  private static byte[] bytes(Random random, int n) {
    var bytes = new byte[n];
    random.nextBytes(bytes);
    return bytes;
  }
}
