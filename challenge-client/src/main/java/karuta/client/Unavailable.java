package karuta.client;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Neither a reply nor a refusal: the server cannot do it now, failed while it did it, or was not heard.
public final class Unavailable extends CallFailed {
  private static final long serialVersionUID = 1L;

  /// The codes of a call that was begun and not brought to its end.
  private static final Set<String> UNKNOWN_EFFECT = Set.of("deadline_exceeded", "internal");

  private final boolean retryable;
  private final boolean effectUnknown;

  private Unavailable(
      String what, boolean retryable, boolean effectUnknown, @Nullable Throwable cause) {
    super("the challenge server " + what, cause);
    this.retryable = retryable;
    this.effectUnknown = effectUnknown;
  }

  /// No reply came, or none that can be read.
  static Unavailable unheard(String why, @Nullable Throwable cause) {
    return new Unavailable("was not heard: " + why, true, true, cause);
  }

  /// Whether a code of the server says this, and not that what was asked for is refused.
  static boolean saidBy(String code, boolean retryable) {
    return retryable || UNKNOWN_EFFECT.contains(code);
  }

  /// The server said it.
  static Unavailable said(String code, boolean retryable, String requestId) {
    return new Unavailable(
        "cannot answer: %s (request %s)".formatted(code, requestId),
        retryable,
        UNKNOWN_EFFECT.contains(code),
        null);
  }

  @Override
  public boolean retryable() {
    return retryable;
  }

  @Override
  public boolean effectUnknown() {
    return effectUnknown;
  }
}
