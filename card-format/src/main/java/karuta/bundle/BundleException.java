package karuta.bundle;

import java.io.IOException;

/// A bundle's body is not what the format says. Nothing of a bundle that ends in this may be kept.
public final class BundleException extends IOException {
  private static final long serialVersionUID = 1;

  private final long line;

  /// @param line where, 1-based
  public BundleException(long line, String message) {
    super("line " + line + ": " + message);
    this.line = line;
  }

  /// The line the fault stands in, 1-based.
  public long line() {
    return line;
  }
}
