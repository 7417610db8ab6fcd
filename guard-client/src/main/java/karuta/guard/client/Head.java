package karuta.guard.client;

import java.util.regex.Pattern;

/// A place in the chain of a card's judgements.
///
/// @param number from 1; 0 before the first
/// @param hash base64url of SHA-256, which covers all that comes before it; empty before the first
public record Head(long number, String hash) {
  /// Before the first judgement.
  public static final Head NONE = new Head(0, "");

  private static final Pattern SHAPE = Pattern.compile("[A-Za-z0-9_-]{43}");

  public Head {
    if (number < 0 || (number == 0 ? !hash.isEmpty() : !isHash(hash))) {
      throw new IllegalArgumentException("a head is a number and 43 characters of base64url");
    }
  }

  static boolean isHash(String text) {
    return SHAPE.matcher(text).matches();
  }
}
