package karuta.server.book;

/// A bundle is not imported. The message says what to do next.
public final class BundleRefused extends Exception {
  private static final long serialVersionUID = 1;

  /// Why, in the classes a command's exit code tells apart.
  public enum Reason {
    /// The file is damaged or not signed by the pinned issuer: exit code 5.
    INTEGRITY,
    /// The file is sound, but not for here or not now: exit code 1.
    POLICY
  }

  private final Reason reason;

  public BundleRefused(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
