package karuta.guard.token;

/// The token's own limit on the uses of a book key is reached. No fault: it is there, and nothing is judged with that
/// key until people have decided.
public final class KeyCapped extends RuntimeException {
  private static final long serialVersionUID = 1;

  /// @param label of the key, for example `book-2026a`
  public KeyCapped(String label, Throwable cause) {
    super(message(label), cause);
  }

  static String message(String label) {
    return "the token's own limit on the uses of the key " + label + " is reached";
  }
}
