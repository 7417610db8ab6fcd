package karuta.server.challenge;

import java.util.regex.Pattern;

/// The caller's name for one attempt to answer: 8 to 64 of letters, digits, `-` and `_`. The same key again returns the
/// stored verdict and spends nothing.
public record IdempotencyKey(String value) {
  private static final Pattern SHAPE = Pattern.compile("[A-Za-z0-9_-]{8,64}");

  public IdempotencyKey {
    if (!SHAPE.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "an idempotency key is 8 to 64 of letters, digits, '-' and '_'");
    }
  }
}
