package karuta.token.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.HexFormat;
import karuta.token.testing.Points;
import org.junit.jupiter.api.Test;

class P256Test {
  /// The base point of P-256 (SEC 2, section 2.4.2).
  private static final byte[] BASE =
      HexFormat.of()
          .parseHex(
              "046b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296"
                  + "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5");

  @Test
  void aPointGoesThereAndBack() {
    assertThat(P256.point(P256.publicKey(BASE))).isEqualTo(BASE);
    for (var i = 0; i < 50; i++) {
      var point = Points.any();
      assertThat(P256.point(P256.publicKey(point))).isEqualTo(point);
    }
  }

  @Test
  void whatIsNotOnTheCurveIsRefused() {
    var off = BASE.clone();
    off[40] ^= 1;
    refused(off);
    refused(new byte[65]);
    refused(new byte[0]);
    refused(Arrays.copyOf(BASE, 64));
    refused(Arrays.copyOf(BASE, 66));
    var compressed = BASE.clone();
    compressed[0] = 3;
    refused(compressed);
    var zero = new byte[65];
    zero[0] = 4;
    refused(zero);
    var large = new byte[65];
    Arrays.fill(large, (byte) 0xff);
    large[0] = 4;
    refused(large);
  }

  /// x + p has the same y on the curve equation taken modulo p: two encodings of one point.
  @Test
  void aCoordinateBeyondTheFieldIsRefused() {
    var beyond = new byte[65];
    beyond[0] = 4;
    // x = p, that is 0, and y = sqrt(b)
    System.arraycopy(
        HexFormat.of().parseHex("ffffffff00000001000000000000000000000000ffffffffffffffffffffffff"),
        0,
        beyond,
        1,
        32);
    System.arraycopy(
        HexFormat.of().parseHex("66485c780e2f83d72433bd5d84a06bb6541c2af31dae871728bf856a174f93f4"),
        0,
        beyond,
        33,
        32);
    refused(beyond);
    Arrays.fill(beyond, 1, 33, (byte) 0);
    assertThat(P256.publicKey(beyond).getW().getAffineX().signum()).isZero();
  }

  private static void refused(byte[] point) {
    assertThatIllegalArgumentException().isThrownBy(() -> P256.publicKey(point));
  }

  @Test
  void bothEncodingsOfAnAttributeAreRead() {
    var der = new byte[67];
    der[0] = 4;
    der[1] = 65;
    System.arraycopy(BASE, 0, der, 2, 65);
    assertThat(P256.ofAttribute(der)).isEqualTo(BASE);
    assertThat(P256.ofAttribute(BASE)).isEqualTo(BASE);
  }
}
