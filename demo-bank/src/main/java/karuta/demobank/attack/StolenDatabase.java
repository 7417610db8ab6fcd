package karuta.demobank.attack;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import javax.crypto.KDF;
import javax.crypto.Mac;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import karuta.v1.CardRecord;
import karuta.v1.DrawRecord;

/// What a thief of the whole database can do with a card's record. The encoding is public, so the thief rebuilds the
/// palettes of the asked cells from the stored seed and tries each of the 4,096 answers against the stored tag.
///
/// This is the thief's own program: it is written from `docs/encoding.md` and shares no code with Karuta. With the
/// token's key it would find the answer in a blink, and a test shows that it does; without the key every answer looks
/// like every other.
public final class StolenDatabase {
  private static final String KANA = "アイウエオ";
  private static final int PICTURES = 512;
  private static final int PALETTE = 64;
  private static final int COLUMNS = 10;

  private final CardRecord record;

  public StolenDatabase(CardRecord record) {
    this.record = record;
  }

  /// How many answers were tried and how many fit the stored tag.
  public record Search(int tried, int fitting) {}

  /// Tries every answer of a draw of two cells under `key`.
  public Search search(DrawRecord draw, byte[] key) {
    var first = cell(draw.getCells(0));
    var second = cell(draw.getCells(1));
    var left = palette(first);
    var right = palette(second);
    var tag = draw.getTag().toByteArray();
    var mac = mac(key);
    var head = head(draw.getNumber(), first, second);
    var tried = 0;
    var fitting = 0;
    for (var a : left) {
      for (var b : right) {
        tried++;
        mac.update(head);
        mac.update(numbers(a, b));
        if (MessageDigest.isEqual(mac.doFinal(), tag)) {
          fitting++;
        }
      }
    }
    return new Search(tried, fitting);
  }

  /// The 64 pictures that may stand in a cell: 64 steps of a Fisher-Yates shuffle driven by HKDF of the seed.
  int[] palette(int cell) {
    var info = new ByteArrayOutputStream();
    field(info, "karuta palette cell v1".getBytes(UTF_8));
    field(info, numbers(cell));
    var stream = stream(info.toByteArray());
    var ids = new int[PICTURES];
    Arrays.setAll(ids, i -> i);
    var at = 0;
    for (var i = 0; i < PALETTE; i++) {
      var n = PICTURES - i;
      int number;
      do {
        number = (stream[at] & 0xff) << 8 | (stream[at + 1] & 0xff);
        at += 2;
      } while (number >= 0x10000 - 0x10000 % n);
      var j = i + number % n;
      var swapped = ids[i];
      ids[i] = ids[j];
      ids[j] = swapped;
    }
    return Arrays.copyOf(ids, PALETTE);
  }

  private byte[] stream(byte[] info) {
    try {
      var seed = record.getPaletteSeed().toByteArray();
      var parameters = HKDFParameterSpec.ofExtract().addIKM(seed).thenExpand(info, 1024);
      return KDF.getInstance("HKDF-SHA256").deriveData(parameters);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK has no HKDF-SHA256", e);
    }
  }

  /// Everything under the tag before the pictures.
  private byte[] head(int draw, int first, int second) {
    var out = new ByteArrayOutputStream();
    field(out, "karuta answer v1".getBytes(UTF_8));
    field(out, record.getSubject().getBytes(UTF_8));
    field(out, record.getCard().getSerial().getBytes(UTF_8));
    field(out, numbers(record.getCard().getGeneration()));
    field(out, numbers(draw));
    field(out, numbers(first, second));
    out.writeBytes(numbers(4));
    return out.toByteArray();
  }

  private static int cell(String name) {
    return KANA.indexOf(name.charAt(0)) * COLUMNS + Integer.parseInt(name.substring(2)) - 1;
  }

  private static void field(ByteArrayOutputStream out, byte[] value) {
    out.writeBytes(numbers(value.length));
    out.writeBytes(value);
  }

  private static byte[] numbers(int... values) {
    var bytes = new byte[2 * values.length];
    for (var i = 0; i < values.length; i++) {
      bytes[2 * i] = (byte) (values[i] >>> 8);
      bytes[2 * i + 1] = (byte) values[i];
    }
    return bytes;
  }

  private static Mac mac(byte[] key) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }

  /// The keys a thief could think of: everything in the record that is as long as a key, and what a careless programmer
  /// takes.
  public List<byte[]> guessedKeys() {
    return List.of(
        record.getPaletteSeed().toByteArray(),
        new byte[32],
        record.getSubject().getBytes(UTF_8),
        record.getCard().getSerial().getBytes(UTF_8));
  }
}
