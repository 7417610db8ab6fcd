package karuta.bundle;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// SHA-256 as this package needs it.
final class Digests {
  private Digests() {}

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this JDK has no SHA-256", e);
    }
  }

  /// The digest of what was fed until now; `running` goes on.
  static byte[] soFar(MessageDigest running) {
    try {
      return ((MessageDigest) running.clone()).digest();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("this JDK's SHA-256 cannot be read half-way", e);
    }
  }
}
