package karuta.client;

import org.jspecify.annotations.Nullable;

/// A call without the reply it asked for.
public abstract sealed class CallFailed extends RuntimeException permits Refused, Unavailable {
  private static final long serialVersionUID = 1L;

  /// What an error reply says: a refusal that stands, or that there is no answer now.
  static CallFailed said(String code, boolean retryable, @Nullable String field, String requestId) {
    return Unavailable.saidBy(code, retryable)
        ? Unavailable.said(code, retryable, requestId)
        : new Refused(code, field, requestId);
  }

  CallFailed(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /// Whether the same call, unchanged, may succeed when it is made again. Every call of the contract is safe to repeat,
  /// an answer with the same idempotency key.
  public abstract boolean retryable();

  /// Whether the call may have had its effect all the same.
  public abstract boolean effectUnknown();
}
