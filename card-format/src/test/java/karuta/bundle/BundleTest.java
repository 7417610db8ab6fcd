package karuta.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.UnaryOperator;
import karuta.card.Profile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class BundleTest {
  @ParameterizedTest
  @EnumSource(Profile.class)
  void whatIsWrittenIsRead(Profile profile) throws Exception {
    var body = body(profile, 3);

    var reader = new BundleReader(new ByteArrayInputStream(body));

    assertThat(reader.manifest()).isEqualTo(Books.manifest(profile, 3));
    for (var n = 1; n <= 3; n++) {
      var card = reader.next().orElseThrow();
      assertThat(card)
          .usingRecursiveComparison()
          .ignoringFields("seed")
          .isEqualTo(Books.book(profile, n));
      assertThat(card.seed()).isEqualTo(Books.book(profile, n).seed());
    }
    assertThat(reader.next()).isEmpty();
    assertThat(reader.next()).isEmpty();
    var sha256 = MessageDigest.getInstance("SHA-256").digest(body);
    assertThat(reader.summary()).isEqualTo(new BundleSummary(3, HexFormat.of().formatHex(sha256)));
  }

  @Test
  void aSummaryIsOnlyGivenAtTheEnd() throws Exception {
    var reader = new BundleReader(new ByteArrayInputStream(body(Profile.NIST_800_63B, 1)));
    reader.next();
    assertThatThrownBy(reader::summary).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void anotherBundlesCardDoesNotFit() throws Exception {
    var writer = writer(new ByteArrayOutputStream(), Profile.STANDARD, 1);
    assertThatThrownBy(() -> writer.add(Books.book(Profile.NIST_800_63B, 1)))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(writer::finish).hasMessage("0 cards of 1 are written");
    writer.add(Books.book(Profile.STANDARD, 1));
    assertThatThrownBy(() -> writer.add(Books.book(Profile.STANDARD, 2)))
        .isInstanceOf(IllegalStateException.class);
  }

  /// Each line is: the line changed, what is replaced in it, by what, and the whole error. The lines' digest is made
  /// right again afterwards, so that it is the format which refuses.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "1 | karuta bundle v1 | karuta bundle v2 | line 1: field 'format' must be 'karuta bundle v1'",
        "1 | \"batch\" | \"botch\" | line 1: field 'batch' is missing",
        "1 | \"cards\":2 | \"cards\":0 | line 1: cards must be 1 or more, not 0",
        "1 | \"cards\":2 | \"cards\":2.0 | line 1: only strings and integers are expected",
        "1 | \"cards\":2 | \"cards\":\"2\" | line 1: field 'cards' must be an integer",
        "1 | \"cards\":2 | \"cards\":1 | line 3: field 'cards' is missing",
        "1 | \"cards\":2 | \"cards\":3 | line 4: field 'subject' is missing",
        "1 | \"cards\":2 | \"cards\":2,\"x\":1 | line 1: field 'x' is unknown",
        "1 | \"sequence\":1 | \"sequence\":2 | line 1: previous must be 64 hex digits, and empty in the first bundle only",
        "1 | T09:00:00Z | T29:00:00Z | line 1: field 'createdAt': Text '2026-01-05T29:00:00Z' could not be parsed at index 0",
        "2 | nist-800-63b | standard | line 2: a book of profile standard has 100 draws, not 12",
        "2 | \"subject\":\"S-1\" | \"subject\":\"\" | line 2: field 'subject': a subject is 1 to 64 of letters, digits and . _ : @ - and starts with a letter or digit",
        "2 | \"subject\":\"S-1\" | \"subject\":null | line 2: only strings and integers are expected",
        "2 | \"serial\":\"0000000001 | \"serial\":\"0000000002 | line 2: field 'serial': the check digit of the card number is wrong",
        "2 | \"generation\":1 | \"generation\":65536 | line 2: field 'generation' must be 0..65535",
        "2 | \"seed\":\"AA | \"seed\":\" | line 2: field 'seed' must be base64 of 32 bytes",
        "2 | \"n\":1, | \"n\":2, | line 2: draw 2 stands where draw 1 belongs",
        "2 | [0,12,24,36] | [0,12,24] | line 2: draw 1 asks 3 cells, profile nist-800-63b asks 4",
        "2 | [0,12,24,36] | [0,12,24,24] | line 2: draw 1 asks no cell, or one twice",
        "2 | [0,12,24,36] | [0,12,24,50] | line 2: cell must be 0..49, not 50",
        "2 | [0,12,24,36] | [0,12,24,1] | line 2: draw 2 asks a cell that its round has asked before",
        "2 | \"n\":1, | \"n\":1,\"picture\":7, | line 2: field 'picture' is unknown",
        "2 | \"draws\":[ | \"draws\":[1, | line 2: field 'draws' must hold objects",
        "4 | \"cards\":2 | \"cards\":1 | line 4: field 'cards' says 1, the manifest says 2",
      })
  void aChangedLineIsRefusedByName(int line, String from, String to, String message)
      throws Exception {
    var lines = lines(body(Profile.NIST_800_63B, 2));
    assertThat(lines.get(line - 1)).contains(from);
    lines.set(line - 1, lines.get(line - 1).replace(from, to));
    assertRefused(redigested(lines), message);
  }

  @Test
  void aDoubledFieldIsRefused() throws Exception {
    var lines = lines(body(Profile.NIST_800_63B, 2));
    lines.set(1, lines.get(1).replace("{\"subject\":", "{\"subject\":\"S-9\",\"subject\":"));
    assertRefused(redigested(lines), "line 2: not the JSON expected: Duplicate field 'subject'");
  }

  @Test
  void aChangedByteIsRefusedByTheDigest() throws Exception {
    var body = new String(body(Profile.NIST_800_63B, 2), UTF_8).replace("\"S-2\"", "\"S-3\"");
    assertRefused(
        body.getBytes(UTF_8), "line 4: field 'linesDigest' is not the digest of the lines before");
  }

  @Test
  void aBodyCutAnywhereIsRefused() throws Exception {
    var body = body(Profile.NIST_800_63B, 1);
    for (var length = 0; length < body.length; length += 7) {
      var cut = java.util.Arrays.copyOf(body, length);
      assertThatThrownBy(() -> readAll(cut)).isInstanceOf(BundleException.class);
    }
    var withoutLastLineFeed = java.util.Arrays.copyOf(body, body.length - 1);
    assertRefused(withoutLastLineFeed, "line 3: the bundle ends before its trailer");
  }

  @Test
  void aByteAfterTheTrailerIsRefused() throws Exception {
    var body = new String(body(Profile.NIST_800_63B, 1), UTF_8) + "\n";
    assertRefused(body.getBytes(UTF_8), "line 4: something follows the trailer");
  }

  @Test
  void aLineWithoutEndIsRefusedBeforeItFillsTheMemory() {
    var endless =
        new java.io.InputStream() {
          private long given;

          @Override
          public int read() {
            given++;
            return ' ';
          }

          @Override
          public int read(byte[] bytes, int offset, int length) {
            java.util.Arrays.fill(bytes, offset, offset + length, (byte) ' ');
            given += length;
            return length;
          }
        };
    assertThatThrownBy(() -> new BundleReader(endless))
        .hasMessage("line 1: longer than 65536 bytes");
    assertThat(endless.given).isLessThan(4L * BundleReader.MAX_LINE);
  }

  @Test
  void brokenUtf8IsRefused() throws Exception {
    var body = body(Profile.NIST_800_63B, 1);
    body[12] = (byte) 0xff;
    assertThatThrownBy(() -> readAll(body))
        .isInstanceOf(BundleException.class)
        .hasMessageStartingWith("line 1: not");
  }

  private static void assertRefused(byte[] body, String message) {
    assertThatThrownBy(() -> readAll(body))
        .isInstanceOf(BundleException.class)
        .hasMessageStartingWith(message);
  }

  private static void readAll(byte[] body) throws IOException {
    var reader = new BundleReader(new ByteArrayInputStream(body));
    while (reader.next().isPresent()) {
      assertThat(reader.line()).isPositive();
    }
    reader.summary();
  }

  private static byte[] body(Profile profile, int cards) throws IOException {
    var out = new ByteArrayOutputStream();
    var writer = writer(out, profile, cards);
    for (var n = 1; n <= cards; n++) {
      writer.add(Books.book(profile, n));
    }
    writer.finish();
    return out.toByteArray();
  }

  private static BundleWriter writer(ByteArrayOutputStream out, Profile profile, int cards)
      throws IOException {
    return new BundleWriter(out, Books.manifest(profile, cards));
  }

  private static List<String> lines(byte[] body) {
    return new ArrayList<>(new String(body, UTF_8).lines().toList());
  }

  private static byte[] redigested(List<String> lines) throws Exception {
    var before = String.join("\n", lines.subList(0, lines.size() - 1)) + "\n";
    var digest = MessageDigest.getInstance("SHA-256").digest(before.getBytes(UTF_8));
    UnaryOperator<String> fix =
        line ->
            line.replaceAll(
                "\"linesDigest\":\"[0-9a-f]*\"",
                "\"linesDigest\":\"" + HexFormat.of().formatHex(digest) + "\"");
    return (before + fix.apply(lines.getLast()) + "\n").getBytes(UTF_8);
  }
}
