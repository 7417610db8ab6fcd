package karuta.client;

import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The server said no, with a code of the closed list in `docs/api.md`.
public final class Refused extends CallFailed {
  private static final long serialVersionUID = 1L;

  private static final Set<String> UNKNOWN_EFFECT = Set.of("deadline_exceeded", "internal");

  private final String code;
  private final boolean retryable;
  private final @Nullable String field;
  private final String requestId;

  Refused(String code, boolean retryable, @Nullable String field, String requestId) {
    super("the challenge server refuses: " + code, null);
    this.code = code;
    this.retryable = retryable;
    this.field = field;
    this.requestId = requestId;
  }

  /// For example `card_locked`.
  public String code() {
    return code;
  }

  /// Whether the code is `expected`.
  public boolean is(String expected) {
    return code.equals(expected);
  }

  /// The field of the request that is not what the contract says, where one is at fault.
  public Optional<String> field() {
    return Optional.ofNullable(field);
  }

  /// What finds the server's log line; empty if it named none.
  public String requestId() {
    return requestId;
  }

  @Override
  public boolean retryable() {
    return retryable;
  }

  @Override
  public boolean effectUnknown() {
    return UNKNOWN_EFFECT.contains(code);
  }
}
