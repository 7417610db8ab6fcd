package karuta.agreement;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;

/// A key derivation function of `CKM_ECDH1_DERIVE` (PKCS#11 v2.40), by what it computes from the shared x coordinate.
/// Both tokens must use the same function; the number that stands for it may differ from vendor to vendor.
///
/// The constants are in order of preference. No shared data is used, and a book key is one block of SHA-256.
public enum Kdf {
  /// ANSI X9.63 with SHA-256 (PKCS#11 v2.40 current mechanisms, section 2.3.6; approved by NIST SP 800-135 section
  /// 4.2).
  CKD_SHA256_KDF {
    @Override
    public byte[] key(byte[] x) {
      return sha256(x, FIRST_BLOCK);
    }
  },

  /// The one-step derivation of NIST SP 800-56C with SHA-256 (PKCS#11 v3.0 current mechanisms, section 2.3.7).
  CKD_SHA256_KDF_SP800 {
    @Override
    public byte[] key(byte[] x) {
      return sha256(FIRST_BLOCK, x);
    }
  },

  /// None: the key is the x coordinate itself. SoftHSM has no other; an HSM in FIPS mode refuses it. For development
  /// only.
  CKD_NULL {
    @Override
    public byte[] key(byte[] x) {
      return x.clone();
    }
  };

  /// The block counter of both derivations, four bytes.
  private static final byte[] FIRST_BLOCK = {0, 0, 0, 1};

  /// Reads a name of the standard.
  ///
  /// @throws IllegalArgumentException if it is none of these
  public static Kdf named(String name) {
    return Arrays.stream(values())
        .filter(kdf -> kdf.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("must be one of " + List.of(values())));
  }

  /// The key of 32 bytes that it makes.
  ///
  /// @param x the x coordinate of the agreed point, 32 bytes
  public abstract byte[] key(byte[] x);

  private static byte[] sha256(byte[] first, byte[] second) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      digest.update(first);
      return digest.digest(second);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
