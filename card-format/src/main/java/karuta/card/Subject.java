package karuta.card;

/// The bank's pseudonymous reference of a customer: 1 to 64 of letters, digits and `. _ : @ -`. Not a name, not an
/// account number.
public record Subject(String value) {
  private static final java.util.regex.Pattern SHAPE =
      java.util.regex.Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:@-]{0,63}");

  public Subject {
    if (!SHAPE.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "a subject is 1 to 64 of letters, digits and . _ : @ - and starts with a letter or digit");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
