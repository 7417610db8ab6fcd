package karuta.digest;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// SHA-256 (FIPS 180-4, section 6.2), which every Java platform has.
public final class Sha256 {
  private Sha256() {}

  /// A digest to be fed.
  public static MessageDigest start() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this JDK has no SHA-256", e);
    }
  }

  /// The digest of these bytes, 32 bytes.
  public static byte[] of(byte[] data) {
    return start().digest(data);
  }

  /// The digest of these bytes, 64 lower-case hexadecimal digits.
  public static String hex(byte[] data) {
    return HexFormat.of().formatHex(of(data));
  }

  /// The digest of all that was fed, 64 lower-case hexadecimal digits. Begins anew.
  public static String hex(MessageDigest fed) {
    return HexFormat.of().formatHex(fed.digest());
  }

  /// The digest of what was fed until now, 64 lower-case hexadecimal digits; `running` goes on.
  public static String hexSoFar(MessageDigest running) {
    try {
      return hex((MessageDigest) running.clone());
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("this JDK's SHA-256 cannot be read half-way", e);
    }
  }
}
