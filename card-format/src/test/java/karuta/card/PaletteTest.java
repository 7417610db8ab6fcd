package karuta.card;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Random;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class PaletteTest {
  private static final PaletteSeed SEED = seed(1);

  @Test
  void aPaletteHasSixtyFourDifferentPicturesAndNeverChanges() {
    for (var i = 0; i < Cell.COUNT; i++) {
      var palette = Palette.of(SEED, new Cell(i));
      assertThat(new HashSet<>(palette.pictures())).hasSize(Palette.SIZE);
      assertThat(Palette.of(SEED, new Cell(i)).pictures()).isEqualTo(palette.pictures());
      assertThat(palette.indexOf(palette.at(63))).isEqualTo(63);
    }
    assertThat(Palette.of(SEED, new Cell(0)).pictures())
        .isNotEqualTo(Palette.of(SEED, new Cell(1)).pictures())
        .isNotEqualTo(Palette.of(seed(2), new Cell(0)).pictures());
  }

  /// The same by hand: HKDF written out with HMAC (RFC 5869), then the shuffle.
  @Test
  void aPaletteIsWhatTheEncodingSays() throws Exception {
    var cell = new Cell(26);
    var prk = hmac(new byte[32], SEED.toBytes());
    var info = MacInput.of("karuta palette cell v1").uint16(26).toBytes();
    var stream = new java.io.ByteArrayOutputStream();
    var block = new byte[0];
    for (var i = 1; i <= UniformNumbers.BYTES / 32; i++) {
      block = hmac(prk, block, info, new byte[] {(byte) i});
      stream.write(block);
    }
    var bytes = stream.toByteArray();
    var ids = new int[512];
    Arrays.setAll(ids, i -> i);
    var at = 0;
    for (var i = 0; i < 64; i++) {
      var n = 512 - i;
      int number;
      do {
        number = Byte.toUnsignedInt(bytes[at]) * 256 + Byte.toUnsignedInt(bytes[at + 1]);
        at += 2;
      } while (number >= 65536 / n * n);
      var j = i + number % n;
      var kept = ids[i];
      ids[i] = ids[j];
      ids[j] = kept;
    }
    assertThat(Palette.of(SEED, cell).pictures().stream().mapToInt(PictureId::value).toArray())
        .isEqualTo(Arrays.copyOf(ids, 64));
  }

  /// Each of the 512 pictures is in a palette with probability 1/8. Over 20,000 palettes the count of one picture has
  /// mean 2,500 and standard deviation 46.8; the sum of squared deviations follows chi-square with 511 degrees of
  /// freedom after the correction for drawing without replacement. The bound is five standard deviations, and the seed
  /// is fixed.
  @Test
  void everyPictureIsShownEquallyOften() {
    var random = new Random(7);
    var counts = new int[PictureId.COUNT];
    var first = new int[PictureId.COUNT];
    var palettes = 20_000;
    for (var i = 0; i < palettes; i++) {
      var bytes = new byte[32];
      random.nextBytes(bytes);
      var palette = Palette.of(new PaletteSeed(bytes), new Cell(i % Cell.COUNT));
      palette.pictures().forEach(picture -> counts[picture.value()]++);
      first[palette.at(0).value()]++;
    }
    assertThat(chiSquare(counts, palettes / 8.0) / (7.0 / 8)).isBetween(351.0, 671.0);
    assertThat(chiSquare(first, palettes / 512.0)).isBetween(351.0, 671.0);
  }

  @Test
  void numbersBelowNAreNeverAModuloOfAnUnevenRange() {
    var stream = new byte[UniformNumbers.BYTES];
    stream[0] = (byte) 0xff;
    stream[1] = (byte) 0xff;
    stream[3] = 7;
    var numbers = new UniformNumbers(stream);
    assertThat(numbers.below(10)).as("65535 lies in the uneven rest and is skipped").isEqualTo(7);
    assertThatThrownBy(
            () -> {
              while (true) {
                numbers.below(2);
              }
            })
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aSeedDoesNotShowItself() {
    assertThat(SEED.toString()).doesNotContain(HexFormat.of().formatHex(SEED.toBytes()));
    assertThatThrownBy(() -> new PaletteSeed(new byte[31]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static double chiSquare(int[] counts, double expected) {
    return Arrays.stream(counts).mapToDouble(c -> (c - expected) * (c - expected) / expected).sum();
  }

  private static byte[] hmac(byte[] key, byte[]... parts) throws Exception {
    var mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    for (var part : parts) {
      mac.update(part);
    }
    return mac.doFinal();
  }

  private static PaletteSeed seed(int fill) {
    var bytes = new byte[PaletteSeed.BYTES];
    Arrays.fill(bytes, (byte) fill);
    return new PaletteSeed(bytes);
  }
}
