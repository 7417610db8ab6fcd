package karuta.card;

import java.util.regex.Pattern;

/// The name of a challenge: 128 random bits in 22 characters of base64url. It is an address, not a secret.
public record ChallengeId(String value) {
  private static final Pattern SHAPE = Pattern.compile("[A-Za-z0-9_-]{22}");

  public ChallengeId {
    if (!SHAPE.matcher(value).matches()) {
      throw new IllegalArgumentException("a challenge id has 22 characters of base64url");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
