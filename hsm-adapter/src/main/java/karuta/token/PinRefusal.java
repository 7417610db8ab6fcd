package karuta.token;

import java.util.Optional;
import karuta.cryptoki.Ckr;
import karuta.cryptoki.TokenInfo;

/// Why a token did not take a PIN, and what it says of the tries that are left: in words for the person who has to act
/// before the PIN is locked.
///
/// A token gives no number (PKCS#11 v2.40, section 3.2): it says that a wrong PIN was tried, that one try is left, or
/// that there is none.
final class PinRefusal {
  private static final String LOCKED =
      "the PIN; only its security officer can set a new one (C_InitPIN)";

  private PinRefusal() {}

  /// The words that follow "refused the PIN: ".
  ///
  /// @param info what the token says of itself after the refusal, if it says anything
  static String said(Ckr code, Optional<TokenInfo> info) {
    var reason =
        switch (code) {
          case CKR_PIN_INCORRECT -> "it is wrong";
          case CKR_PIN_LEN_RANGE -> "it is too short or too long to be one of this token";
          case CKR_PIN_INVALID -> "it has characters that this token does not know";
          case CKR_PIN_EXPIRED -> "it has expired; set a new one with the token's own tool";
          case CKR_USER_PIN_NOT_INITIALIZED ->
              "no PIN was ever set; its security officer sets the first one (C_InitPIN)";
          case CKR_PIN_LOCKED -> "it has locked " + LOCKED;
          default -> "it gives no reason";
        };
    return code == Ckr.CKR_PIN_LOCKED
        ? reason
        : reason + info.map(PinRefusal::triesLeft).orElse("");
  }

  private static String triesLeft(TokenInfo info) {
    if (info.pinLocked()) {
      return "; the token has locked " + LOCKED;
    }
    if (info.pinFinalTry()) {
      return "; one try is left, and the token locks the PIN if it is wrong again";
    }
    return info.pinCountLow()
        ? "; the token has noted a wrong PIN, and does not say how many tries are left"
        : "";
  }
}
