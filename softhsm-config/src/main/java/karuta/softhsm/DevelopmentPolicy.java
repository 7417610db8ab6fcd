package karuta.softhsm;

import java.util.List;
import karuta.token.TokenRole;

/// What a development token may do, by its role.
///
/// Its keys carry the same policy as in production. The token itself is cut down as well: SoftHSM offers dozens of
/// mechanisms, an HSM in production is configured to offer those in use. With the short list, a call that leans on any
/// other mechanism fails on the developer's machine instead of the bank's.
public final class DevelopmentPolicy {
  private DevelopmentPolicy() {}

  /// The token's label where none is given.
  public static String defaultLabel(TokenRole role) {
    return switch (role) {
      case ISSUER -> "karuta-issuer";
      case VERIFIER -> "karuta-verifier";
    };
  }

  /// By PKCS#11 name, for `slots.mechanisms`.
  static List<String> mechanisms(TokenRole role) {
    return switch (role) {
      // HMAC: streams and tags. EC pair: agreement and signing keys. ECDSA: bundles, print jobs,
      // ceremony files.
      case ISSUER ->
          List.of(
              "CKM_GENERIC_SECRET_KEY_GEN",
              "CKM_SHA256_HMAC",
              "CKM_EC_KEY_PAIR_GEN",
              "CKM_ECDH1_DERIVE",
              "CKM_ECDSA");
      // HMAC: verifying answers. It makes no secret key of its own: the book key comes from the
      // agreement.
      case VERIFIER ->
          List.of("CKM_SHA256_HMAC", "CKM_EC_KEY_PAIR_GEN", "CKM_ECDH1_DERIVE", "CKM_ECDSA");
    };
  }
}
