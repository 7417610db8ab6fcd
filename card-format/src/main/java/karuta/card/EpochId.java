package karuta.card;

/// The name of one pair of book keys, also the end of their label `book-<epoch>`: 1 to 32 of lower-case letters, digits
/// and hyphens.
public record EpochId(String value) {
  private static final java.util.regex.Pattern SHAPE =
      java.util.regex.Pattern.compile("[a-z0-9][a-z0-9-]{0,31}");

  public EpochId {
    if (!SHAPE.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "an epoch is named with 1 to 32 lower-case letters, digits and hyphens");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
