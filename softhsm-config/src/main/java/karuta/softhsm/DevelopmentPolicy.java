package karuta.softhsm;

import java.util.List;
import karuta.token.TokenRole;

/// What a development token offers.
///
/// Its keys carry the same policy as in production. The token itself is cut down as well: SoftHSM offers dozens of
/// mechanisms, an HSM in production is configured to offer those in use. With the short list, a call that leans on any
/// other mechanism fails on the developer's machine instead of the bank's. The list is one for both roles: `karuta
/// token check` asks any token for everything.
public final class DevelopmentPolicy {
  private static final List<String> MECHANISMS =
      List.of(
          "CKM_GENERIC_SECRET_KEY_GEN", // layout keys
          "CKM_SHA256_HMAC", // streams, palettes, tags; verifying answers
          "CKM_EC_KEY_PAIR_GEN", // the agreement's pairs, signing keys
          "CKM_ECDH1_DERIVE", // the agreement
          "CKM_ECDSA"); // bundles, print jobs, ceremony files, receipts, audit seals

  private DevelopmentPolicy() {}

  /// The token's label where none is given.
  public static String defaultLabel(TokenRole role) {
    return switch (role) {
      case ISSUER -> "karuta-issuer";
      case VERIFIER -> "karuta-verifier";
    };
  }

  /// By PKCS#11 name, for `slots.mechanisms`.
  static List<String> mechanisms() {
    return MECHANISMS;
  }
}
