package karuta.provisioning.ceremony;

import java.util.Locale;

/// What two people compare over the telephone: the first 16 bytes of the SHA-256 of a ceremony file's content, as eight
/// groups of four hex digits. 128 bits are enough against a second file with the same fingerprint.
///
/// @param value eight groups of four, with spaces between
public record Fingerprint(String value) {
  private static final int BYTES = 16;
  private static final String SHAPE = "[0-9a-f]{4}( [0-9a-f]{4}){7}";

  public Fingerprint {
    if (!value.matches(SHAPE)) {
      throw new IllegalArgumentException("a fingerprint is eight groups of four hex digits");
    }
  }

  /// Of a content digest, 64 hex digits.
  public static Fingerprint ofDigest(String digest) {
    return parse(digest.substring(0, 2 * BYTES));
  }

  /// Reads one as people write it: upper or lower case, any spaces, hyphens or colons.
  ///
  /// @throws IllegalArgumentException if there are not 32 hex digits
  public static Fingerprint parse(String text) {
    var digits = text.toLowerCase(Locale.ROOT).replaceAll("[\\s:-]", "");
    return new Fingerprint(digits.replaceAll("(.{4})(?=.)", "$1 "));
  }

  @Override
  public String toString() {
    return value;
  }
}
