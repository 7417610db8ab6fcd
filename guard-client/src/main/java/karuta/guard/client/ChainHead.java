package karuta.guard.client;

import java.util.regex.Pattern;

/// A place in the chain of one guard's judgements.
///
/// @param guard its name, 1 to 32 of lower-case letters, digits and hyphens
/// @param sequence from 1
/// @param hash base64url of SHA-256, which covers all that comes before it
public record ChainHead(String guard, long sequence, String hash) {
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,31}");

  public ChainHead {
    requireName(guard);
    if (sequence < 1 || !Head.isHash(hash)) {
      throw new IllegalArgumentException("a head is a number and 43 characters of base64url");
    }
  }

  /// The name, if a guard can be called so.
  ///
  /// @throws IllegalArgumentException if it cannot
  public static String requireName(String guard) {
    if (!NAME.matcher(guard).matches()) {
      throw new IllegalArgumentException(
          "a guard is named with 1 to 32 lower-case letters, digits and hyphens");
    }
    return guard;
  }
}
