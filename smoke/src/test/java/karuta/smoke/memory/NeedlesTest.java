package karuta.smoke.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NeedlesTest {
  private static final int CHUNK = 1 << 22;
  private static final byte[] SHORT = bytes("eight by");
  private static final byte[] LONG = bytes("eight bytes and then some");

  private final Needles needles = new Needles();

  NeedlesTest() {
    needles.add("short", SHORT);
    needles.add("long", LONG);
  }

  @Test
  void onlyWhatIsThereIsFound() throws IOException {
    assertThat(in(bytes("eight bite, eight b"))).isEmpty();
    assertThat(in(new byte[3])).isEmpty();
    assertThat(in(new byte[0])).isEmpty();
    assertThat(in(SHORT)).containsExactly("short");
    assertThat(in(LONG)).containsExactly("long", "short");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, CHUNK - 9, CHUNK - 8, CHUNK, CHUNK + 1, CHUNK + 17, 3 * CHUNK - 1})
  void aPatternIsFoundWhereverItStands(int at) throws IOException {
    var haystack = new byte[at + LONG.length];
    System.arraycopy(LONG, 0, haystack, at, LONG.length);
    assertThat(in(haystack)).containsExactly("long", "short");
  }

  @Test
  void aPatternTooShortToBeMoreThanChanceIsRefused() {
    assertThatThrownBy(() -> needles.add("seven", new byte[7]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private Set<String> in(byte[] haystack) throws IOException {
    return needles.in(new ByteArrayInputStream(haystack)::read);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
