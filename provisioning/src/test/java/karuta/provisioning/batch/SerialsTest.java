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
    var serials = new Serials(n -> bytes(random, n));
    var seen = new HashSet<String>();
    var digits = new long[10][10];
    for (var i = 0; i < 50_000; i++) {
      var serial = serials.next().digits();
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
            });
    assertThat(serials.next().digits()).startsWith("0000000000");
    calls[0] = 1;
    assertThat(serials.next().digits()).doesNotStartWith("0000000000");
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
            });
    assertThat(serials.next().digits()).startsWith("0000000042");
  }

  @Test
  void theSetHoldsWhatItWasGiven() {
    var set = new LongSet();
    var random = new Random(6);
    var numbers = random.longs(100_000).distinct().toArray();
    for (var number : numbers) {
      assertThat(set.add(number)).isTrue();
    }
    for (var number : numbers) {
      assertThat(set.add(number)).isFalse();
    }
    assertThat(set.add(0)).isTrue();
    assertThat(set.add(0)).isFalse();
  }

  private static byte[] bytes(Random random, int n) {
    var bytes = new byte[n];
    random.nextBytes(bytes);
    return bytes;
  }
}
