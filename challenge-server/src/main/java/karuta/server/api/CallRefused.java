package karuta.server.api;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A call is refused with a code of the closed list. Carries no input and no stack trace: it is an outcome, not a
/// fault.
public final class CallRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Code code;
  private final @Nullable String field;

  /// Refuses with a code alone.
  public CallRefused(Code code) {
    this(code, null);
  }

  /// Refuses and names the field of the contract that is to be put right, never its value.
  public CallRefused(Code code, @Nullable String field) {
    this(code, field, code.text());
  }

  CallRefused(Code code, @Nullable String field, String text) {
    super(text, null, false, false);
    this.code = code;
    this.field = field;
  }

  /// What the caller is told.
  public Code code() {
    return code;
  }

  /// The field of the contract at fault, in the contract's spelling.
  public Optional<String> field() {
    return Optional.ofNullable(field);
  }

  /// What a developer at the caller's is told: the code's text, or more.
  public String text() {
    return String.valueOf(getMessage());
  }
}
