package karuta.token.key;

import java.util.Collection;

/// The key derivation function of `CKM_ECDH1_DERIVE` (PKCS#11 v2.40 current mechanisms, section 2.3.7).
public enum Kdf {
  /// `CKD_SHA256_KDF`, ANSI X9.63 with SHA-256 and no shared data: preferred.
  SHA256(6),
  /// `CKD_NULL`: the key is the x coordinate itself. What SoftHSM has.
  NULL(1);

  private final long code;

  Kdf(long code) {
    this.code = code;
  }

  /// The number in `CK_ECDH1_DERIVE_PARAMS`.
  public long code() {
    return code;
  }

  /// The one to use between two tokens: the first in this order that both have.
  ///
  /// @throws IllegalArgumentException if they have none in common
  public static Kdf best(Collection<Kdf> one, Collection<Kdf> other) {
    for (var kdf : values()) {
      if (one.contains(kdf) && other.contains(kdf)) {
        return kdf;
      }
    }
    throw new IllegalArgumentException("the two tokens have no key derivation function in common");
  }
}
