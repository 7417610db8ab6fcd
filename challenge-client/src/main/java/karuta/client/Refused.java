package karuta.client;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The server said no, with a code of the closed list in `docs/api.md`, and will say so again.
public final class Refused extends CallFailed {
  private static final long serialVersionUID = 1L;

  private final String code;
  private final @Nullable String field;
  private final String requestId;

  Refused(String code, @Nullable String field, String requestId) {
    super("the challenge server refuses: " + code, null);
    this.code = code;
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
    return false;
  }

  @Override
  public boolean effectUnknown() {
    return false;
  }
}
