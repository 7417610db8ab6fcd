package karuta.token.jca;

import static org.assertj.core.api.Assertions.assertThat;

import karuta.cryptoki.Ckr;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JcaFaultTest {
  /// As the JDK says them: codes that PKCS#11 has no name for, vendors' among them, by their number.
  @ParameterizedTest
  @CsvSource({
    "CKR_DEVICE_ERROR, CKR_DEVICE_ERROR",
    "CKR_PIN_INCORRECT: of the user, CKR_PIN_INCORRECT",
    "0x80000136, CKR_KEY_NOT_ACTIVE",
    "0x000001FF, UNNAMED",
    "CKR_NEW_IN_ANOTHER_JDK, UNNAMED",
    "nothing of the kind, UNNAMED"
  })
  void aCodeIsFoundByItsNameOrItsNumber(String message, Ckr code) {
    assertThat(Ckr.of(JcaFault.code(message))).isEqualTo(code);
  }
}
