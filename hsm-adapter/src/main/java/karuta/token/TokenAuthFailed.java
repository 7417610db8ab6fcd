package karuta.token;

/// The token refused the PIN, or there is no PIN to try: a human is needed. It is never retried by itself, because
/// repeated attempts lock the token.
public final class TokenAuthFailed extends TokenException {
  private static final long serialVersionUID = 1L;

  public TokenAuthFailed(String message) {
    super(message);
  }

  public TokenAuthFailed(String message, Throwable cause) {
    super(message, cause);
  }
}
