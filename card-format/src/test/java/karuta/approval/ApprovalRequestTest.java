package karuta.approval;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import karuta.document.DocumentException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A request is one text and no other.
class ApprovalRequestTest {
  /// The published vector.
  static final Path VECTOR = Path.of("src/test/resources/karuta/approval/request.txt");

  private static final String HASH = "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU";

  private static ApprovalRequest request() {
    return new ApprovalRequest(
        "guard guard-1",
        3,
        Instant.parse("2027-01-06T09:00:00Z"),
        "窓口で本人を確認した (case 4711)",
        List.of("guard-1:1042:" + HASH, "guard-2:17:" + HASH),
        List.of("enable card customer-1:1", "lift trip 2"));
  }

  @Test
  void theVectorIsThisRequest() throws Exception {
    assertThat(request().toBytes()).isEqualTo(Files.readAllBytes(VECTOR));
    assertThat(ApprovalRequest.read(VECTOR)).isEqualTo(request());
  }

  @Test
  void theVectorHasThisDigestInEveryForm() {
    assertThat(request().digest().lines())
        .containsExactly(
            "words:  baseball cap, wheel, fire, map of Japan, tea, motor scooter, lab coat, oden",
            "        野球帽、車輪、火、日本地図、お茶、スクーター、白衣、おでん",
            "digest: ca45 658d 764c 36f4 b9aa 517f 8fa7 3983 37ce a267 18f5 57b9 a1f0 f165 c93d 4e5c");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "number: 3|number: 03",
        "number: 3|number: +3",
        "number: 3|number: 0",
        "number: 3|number: -3",
        "number: 3|number: 3.0",
        "number: 3|number: 99999999999999999999",
        "number: 3|number:  3",
        "number: 3|number: ３",
        "09:00:00Z|09:00:00.000Z",
        "09:00:00Z|09:00:00.500Z",
        "09:00:00Z|09:00:00+00:00",
        "09:00:00Z|09:00Z",
        "09:00:00Z|24:00:00Z",
        "2027-01-06T|+12027-01-06T",
        "for: guard guard-1|for: guard  guard-1",
        "for: guard guard-1|for: guard guärd-1",
        "for: guard guard-1|For: guard guard-1",
        "for: guard guard-1|from: guard guard-1",
        "case 4711|case\u202e4711",
        "case 4711|case\u00004711",
        "case 4711|case\u20284711",
        "確認した|か\u3099",
        "action: lift trip 2|action: ",
        "action: lift trip 2|state: late",
        "action: lift trip 2|note: what",
        "action: lift trip 2|'action: lift trip 2 '",
        "karuta request v1|karuta request v2",
        "karuta request v1|\ufeffkaruta request v1",
      })
  void whatIsWrittenOtherwiseIsNoRequest(String written, String otherwise) {
    var text = new String(request().toBytes(), UTF_8);
    assertThat(text).contains(written);
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> ApprovalRequest.parse(text.replaceFirst(written, otherwise).getBytes(UTF_8)));
  }

  @Test
  void linesAreThoseAndEndAsTheyDo() {
    var text = new String(request().toBytes(), UTF_8);
    for (var other :
        List.of(
            "",
            text.replace("\n", "\r\n"),
            text + "\n",
            text.stripTrailing(),
            text.substring(0, text.indexOf("action")),
            text.replaceFirst("number: 3\n", ""),
            text.replaceFirst("number: 3\n", "number: 3\nnumber: 3\n"),
            text.replaceFirst("(number: 3\n)(expires: .*\n)", "$2$1"),
            text.replaceFirst("(?s)(state: .*)(action: .*)", "$2$1"))) {
      assertThat(other).isNotEqualTo(text);
      assertThatIllegalArgumentException()
          .as(other)
          .isThrownBy(() -> ApprovalRequest.parse(other.getBytes(UTF_8)));
    }
  }

  /// One bit anywhere makes it no request, or one with another digest.
  @Test
  void noChangedBitGoesUnnoticed() {
    var bytes = request().toBytes();
    for (var bit = 0; bit < bytes.length * 8; bit++) {
      var changed = bytes.clone();
      changed[bit / 8] ^= (byte) (1 << bit % 8);
      try {
        assertThat(ApprovalRequest.parse(changed).digest()).isNotEqualTo(request().digest());
      } catch (IllegalArgumentException refused) {
        assertThat(refused).isNotInstanceOf(NumberFormatException.class);
      }
    }
  }

  @Test
  void aReasonIsOneLineThatIsSaid() {
    for (var reason : List.of("", " ", "a\nb", "a ", "x".repeat(201), "\uFFFD\uFFFD")) {
      assertThatIllegalArgumentException()
          .as(reason)
          .isThrownBy(
              () ->
                  new ApprovalRequest(
                      "guard a",
                      1,
                      Instant.parse("2027-01-06T09:00:00Z"),
                      reason,
                      List.of(),
                      List.of("x")));
    }
  }

  @Test
  void aRequestThatIsTooLongIsRefusedBeforeItIsMade() {
    var many = Collections.nCopies(ApprovalRequest.LONGEST / 100, "x".repeat(100));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new ApprovalRequest(
                    "guard a", 1, Instant.parse("2027-01-06T09:00:00Z"), "many", List.of(), many))
        .withMessageContaining("make two of it");
  }

  @Test
  void aRequestEndsAtItsTime() {
    var end = request().expires();
    assertThat(request().inForce(end.minusMillis(1))).isTrue();
    assertThat(request().inForce(end)).isFalse();
  }

  @Test
  void aFileThatIsNoneIsNamed(@TempDir Path directory) throws Exception {
    var file = Files.writeString(directory.resolve("letter.txt"), "dear officer,\n");
    assertThatThrownBy(() -> ApprovalRequest.read(file))
        .isInstanceOf(DocumentException.class)
        .hasMessage(file + ": not a karuta request v1");
    Files.write(file, new byte[] {0x30, (byte) 0x80, 0x06, 0x09});
    assertThatThrownBy(() -> ApprovalRequest.read(file))
        .isInstanceOf(DocumentException.class)
        .hasMessage(file + ": not a karuta request v1");
  }
}
