package karuta.demobank.api;

import org.jspecify.annotations.Nullable;

/// The server cannot be reached or cannot answer now: nothing was accepted, and the same call may be made again.
public final class ApiUnavailable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean unheard;

  ApiUnavailable(String code, @Nullable Throwable cause) {
    super("the challenge server is not available: " + code, cause);
    this.unheard = cause != null;
  }

  /// Whether no reply was understood, so that the call may have had its effect all the same.
  public boolean unheard() {
    return unheard;
  }
}
