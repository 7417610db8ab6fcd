package karuta.provisioning.layout;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// A card computed from `docs/encoding.md` alone: the JDK's HMAC, arrays and nothing else of Karuta. What a second
/// implementation would be.
final class PlainCard {
  private static final HexFormat HEX = HexFormat.of();

  private final byte[] layoutKey;
  private final byte[] bookKey;
  private final String batch;
  private final String subject;
  private final String serial;
  private final int generation;
  private final int k;
  private final int rounds;

  PlainCard(byte[][] keys, String[] names, int generation, int k, int rounds) {
    this.layoutKey = keys[0];
    this.bookKey = keys[1];
    this.batch = names[0];
    this.subject = names[1];
    this.serial = names[2];
    this.generation = generation;
    this.k = k;
    this.rounds = rounds;
  }

  /// The whole card as the text of a vector file.
  String text() {
    var lines = new ArrayList<String>();
    var seedInput = fields("karuta palette v1", batch, serial, generation);
    var seed = hmac(layoutKey, seedInput);
    lines.add("seed-input = " + HEX.formatHex(seedInput));
    lines.add("seed = " + HEX.formatHex(seed));
    var stream = new ByteArrayOutputStream();
    for (var j = 0; j < 3; j++) {
      stream.writeBytes(hmac(layoutKey, fields("karuta layout v1", batch, serial, generation, j)));
    }
    lines.add("stream = " + HEX.formatHex(stream.toByteArray()));
    var layout = layout(seed, stream.toByteArray(), lines);
    lines.add("layout = " + join(layout));
    var number = 1;
    for (var cells : groups(seed)) {
      var pictures = Arrays.stream(cells).map(cell -> layout[cell]).toArray();
      var input = fields("karuta answer v1", subject, serial, generation, number, cells, pictures);
      if (number == 1) {
        lines.add("answer-input-1 = " + HEX.formatHex(input));
      }
      lines.add(
          "draw-%d = %s %s".formatted(number, join(cells), HEX.formatHex(hmac(bookKey, input))));
      number++;
    }
    return String.join("\n", lines) + "\n";
  }

  private static int[] layout(byte[] seed, byte[] stream, List<String> lines) {
    var layout = new int[50];
    var standing = new HashSet<Integer>();
    var bit = 0;
    for (var cell = 0; cell < 50; cell++) {
      var palette = palette(seed, cell);
      if (cell == 0 || cell == 49) {
        lines.add("palette-%d = %s".formatted(cell, join(palette)));
      }
      do {
        var index = 0;
        for (var i = 0; i < 6; i++, bit++) {
          index = 2 * index + ((stream[bit / 8] >> (7 - bit % 8)) & 1);
        }
        layout[cell] = palette[index];
      } while (!standing.add(layout[cell]));
    }
    return layout;
  }

  private static int[] palette(byte[] seed, int cell) {
    return Arrays.copyOf(shuffled(512, 64, seed, fields("karuta palette cell v1", cell)), 64);
  }

  private List<int[]> groups(byte[] seed) {
    var book = new ArrayList<int[]>();
    var used = new HashSet<Set<Integer>>();
    for (var round = 0; round < rounds; round++) {
      for (var attempt = 0; ; attempt++) {
        var cells = shuffled(50, 49, seed, fields("karuta book round v1", round, attempt));
        var groups = new ArrayList<int[]>();
        for (var i = 0; i + k <= 50; i += k) {
          groups.add(Arrays.copyOfRange(cells, i, i + k));
        }
        var sets = groups.stream().map(PlainCard::set).toList();
        if (sets.stream().noneMatch(used::contains)) {
          used.addAll(sets);
          book.addAll(groups);
          break;
        }
      }
    }
    return book;
  }

  private static Set<Integer> set(int[] cells) {
    return new TreeSet<>(Arrays.stream(cells).boxed().toList());
  }

  /// The first `steps` steps of a Fisher-Yates shuffle of 0..n-1.
  private static int[] shuffled(int n, int steps, byte[] seed, byte[] info) {
    var numbers = hkdf(seed, info, 1024);
    var items = new int[n];
    Arrays.setAll(items, i -> i);
    var at = 0;
    for (var i = 0; i < steps; i++) {
      var range = n - i;
      int number;
      do {
        number = ((numbers[at] & 0xff) << 8) + (numbers[at + 1] & 0xff);
        at += 2;
      } while (number >= 65536 - 65536 % range);
      var j = i + number % range;
      var item = items[i];
      items[i] = items[j];
      items[j] = item;
    }
    return items;
  }

  /// RFC 5869 with SHA-256 and no salt, step by step.
  private static byte[] hkdf(byte[] input, byte[] info, int length) {
    var key = hmac(new byte[32], input);
    var out = new ByteArrayOutputStream();
    var block = new byte[0];
    for (var i = 1; out.size() < length; i++) {
      var next = new ByteArrayOutputStream();
      next.writeBytes(block);
      next.writeBytes(info);
      next.write(i);
      block = hmac(key, next.toByteArray());
      out.writeBytes(block);
    }
    return Arrays.copyOf(out.toByteArray(), length);
  }

  private static byte[] fields(Object... values) {
    var out = new ByteArrayOutputStream();
    for (var value : values) {
      var field =
          switch (value) {
            case String text -> text.getBytes(StandardCharsets.UTF_8);
            case Integer number -> shorts(number);
            case int[] numbers -> shorts(numbers);
            default -> throw new AssertionError(value);
          };
      out.writeBytes(shorts(field.length));
      out.writeBytes(field);
    }
    return out.toByteArray();
  }

  private static byte[] shorts(int... numbers) {
    var bytes = new byte[2 * numbers.length];
    for (var i = 0; i < numbers.length; i++) {
      bytes[2 * i] = (byte) (numbers[i] >> 8);
      bytes[2 * i + 1] = (byte) numbers[i];
    }
    return bytes;
  }

  private static byte[] hmac(byte[] key, byte[] input) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(input);
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static String join(int[] numbers) {
    return String.join(",", Arrays.stream(numbers).mapToObj(Integer::toString).toList());
  }
}
