package karuta.token;

/// The token cannot be reached now: try again later. Nothing was decided, nothing was counted.
///
/// After a call that changes the token (making, agreeing or destroying a key) it means that the effect is unknown: look
/// before repeating.
public final class TokenUnavailable extends TokenException {
  private static final long serialVersionUID = 1L;

  public TokenUnavailable(String message) {
    super(message);
  }

  public TokenUnavailable(String message, Throwable cause) {
    super(message, cause);
  }
}
