package karuta.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import karuta.cryptoki.Ckr;
import karuta.cryptoki.TokenInfo;
import org.junit.jupiter.api.Test;

/// Flags as in PKCS#11 v2.40, section 3.2.
class PinRefusalTest {
  private static String said(Ckr code, long flags) {
    var info = new TokenInfo("t", "m", "m", "s", flags, 0, "1");
    return PinRefusal.said(code, Optional.of(info));
  }

  @Test
  void theReasonIsSaidInPlainWords() {
    assertThat(said(Ckr.CKR_PIN_INCORRECT, 0)).isEqualTo("it is wrong");
    assertThat(said(Ckr.CKR_PIN_LEN_RANGE, 0)).startsWith("it is too short or too long");
    assertThat(said(Ckr.CKR_PIN_INVALID, 0)).contains("characters");
    assertThat(said(Ckr.CKR_PIN_EXPIRED, 0)).contains("expired");
    assertThat(said(Ckr.CKR_USER_PIN_NOT_INITIALIZED, 0)).contains("no PIN was ever set");
    assertThat(said(Ckr.CKR_PIN_LOCKED, 0)).contains("locked").contains("security officer");
  }

  @Test
  void whatTheTokenSaysOfTheTriesLeftIsSaid() {
    assertThat(said(Ckr.CKR_PIN_INCORRECT, 0x10000))
        .isEqualTo(
            "it is wrong; the token has noted a wrong PIN, and does not say how many tries are"
                + " left");
    assertThat(said(Ckr.CKR_PIN_INCORRECT, 0x30000))
        .isEqualTo(
            "it is wrong; one try is left, and the token locks the PIN if it is wrong again");
    assertThat(said(Ckr.CKR_PIN_INCORRECT, 0x70000))
        .startsWith("it is wrong; the token has locked the PIN")
        .contains("security officer");
    assertThat(PinRefusal.said(Ckr.CKR_PIN_INCORRECT, Optional.empty())).isEqualTo("it is wrong");
  }
}
