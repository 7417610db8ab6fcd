package karuta.token;

/// Why a token did not do what was asked: one subclass for each thing a caller can do about it.
///
/// None of them carries a PIN, key bytes or the bytes under a MAC.
public abstract sealed class TokenException extends RuntimeException
    permits TokenUnavailable,
        TokenAuthFailed,
        TokenUntrusted,
        KeyNotFound,
        KeyLimitReached,
        KeyPolicyViolation,
        PkcsFault {
  private static final long serialVersionUID = 1L;

  TokenException(String message) {
    super(message);
  }

  TokenException(String message, Throwable cause) {
    super(message, cause);
  }
}
