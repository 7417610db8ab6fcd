package karuta.card;

/// The name of a batch, also the end of its layout key's label: 1 to 32 of lower-case letters, digits and hyphens.
public record BatchId(String value) {
  private static final java.util.regex.Pattern SHAPE =
      java.util.regex.Pattern.compile("[a-z0-9][a-z0-9-]{0,31}");

  public BatchId {
    if (!SHAPE.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "a batch is named with 1 to 32 lower-case letters, digits and hyphens");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
