package karuta.token;

/// The token is there and logged in, and has no such key.
public final class KeyNotFound extends TokenException {
  private static final long serialVersionUID = 1L;

  private final String label;

  public KeyNotFound(String label) {
    super("the token has no key " + label);
    this.label = label;
  }

  /// The label that was looked for.
  public String label() {
    return label;
  }
}
