package karuta.server.token;

/// The token gave no verdict: it is gone, busy, or failed. Whatever depended on it is rolled back; the call may be made
/// again.
public final class TokenUnavailable extends RuntimeException {
  private static final long serialVersionUID = 1;

  public TokenUnavailable(String message, Throwable cause) {
    super(message, cause);
  }

  public TokenUnavailable(String message) {
    super(message);
  }
}
