package karuta.token.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Optional;
import karuta.cryptoki.Attribute;
import karuta.cryptoki.AttributeReading;
import karuta.cryptoki.Cka;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The names of guards, and what can be remembered of them.
class JournalHeadsTest {
  private static final String HASH = "Aa0-_".repeat(8) + "xyz";

  @ParameterizedTest
  @ValueSource(strings = {"a", "tokyo-1", "0", "abcdefghijklmnopqrstuvwxyz012345"})
  void aGuardsNameIsInItsLabel(String guard) {
    assertThat(JournalHeads.label(guard)).isEqualTo("guard-head-" + guard);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "-a", "Tokyo", "a b", "a_b", "a\n", "é", "abcdefghijklmnopqrstuvwxyz0123456"})
  void aGuardIsNotCalledOtherwise(String guard) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> JournalHeads.label(guard))
        .withMessageContaining("1 to 32 lower-case letters, digits and hyphens");
  }

  @ParameterizedTest
  @CsvSource({
    "1, ''",
    "1, " + "Aa0-_Aa0-_Aa0-_Aa0-_Aa0-_Aa0-_Aa0-_Aa0-_xyz",
    "999999999999999999, ''"
  })
  void whatIsWrittenIsRead(long sequence, String hash) {
    var head = new Remembered(sequence, hash);
    var said = new AttributeReading.Value(Attribute.of(Cka.CKA_VALUE, head.value()));
    assertThat(Remembered.of(said)).contains(head);
    assertThat(said.attribute().text())
        .isEqualTo("v1 " + sequence + " " + (hash.isEmpty() ? "none" : HASH));
  }

  @Test
  void whatTheTokenDoesNotSayIsNotRead() {
    assertThat(Remembered.of(new AttributeReading.Sensitive())).isEqualTo(Optional.empty());
    assertThat(Remembered.of(new AttributeReading.Unknown())).isEqualTo(Optional.empty());
  }

  @ParameterizedTest
  @CsvSource({
    "0, ''",
    "-1, ''",
    "1000000000000000000, ''",
    "1, none",
    "1, Aa0-_Aa0-_Aa0-_Aa0-_Aa0-_Aa0-_Aa0-_Aa0-_xy",
    "1, Aa0-_Aa0-_Aa0-_Aa0-_Aa0-_Aa0-_Aa0-_Aa0-_xy+",
    "1, Aa0-_Aa0-_Aa0-_Aa0-_Aa0-_Aa0-_Aa0-_Aa0-_xyzz"
  })
  void nothingElseCanBeRemembered(long sequence, String hash) {
    assertThatIllegalArgumentException().isThrownBy(() -> new Remembered(sequence, hash));
  }
}
