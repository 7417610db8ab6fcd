package karuta.token;

import java.util.List;

/// The token has not passed its self-test, so it gives no verdicts: a human is needed.
public final class TokenUntrusted extends TokenException {
  private static final long serialVersionUID = 1L;

  private final transient List<Check> failed;

  public TokenUntrusted(String message, List<Check> failed) {
    super(message);
    this.failed = List.copyOf(failed);
  }

  /// The checks that did not pass; empty if none was run.
  public List<Check> failed() {
    return failed;
  }
}
