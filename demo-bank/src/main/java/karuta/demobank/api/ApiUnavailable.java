package karuta.demobank.api;

import org.jspecify.annotations.Nullable;

/// The server cannot be reached or cannot answer now. The same call may be made again; an answer with the same key.
public final class ApiUnavailable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean unheard;

  private ApiUnavailable(String code, boolean unheard, @Nullable Throwable cause) {
    super("the challenge server is not available: " + code, cause);
    this.unheard = unheard;
  }

  /// The server said that it cannot do it now, and so has not done it.
  static ApiUnavailable notNow(String code) {
    return new ApiUnavailable(code, false, null);
  }

  /// The server did not say what it did.
  static ApiUnavailable unheard(String code, @Nullable Throwable cause) {
    return new ApiUnavailable(code, true, cause);
  }

  /// Whether the call may have had its effect all the same.
  public boolean unheard() {
    return unheard;
  }
}
