package karuta.client;

import org.jspecify.annotations.Nullable;

/// No reply came, or none that can be read: what became of the call is unknown until it is made again.
public final class Unheard extends CallFailed {
  private static final long serialVersionUID = 1L;

  Unheard(String why, @Nullable Throwable cause) {
    super("the challenge server was not heard: " + why, cause);
  }

  @Override
  public boolean retryable() {
    return true;
  }

  @Override
  public boolean effectUnknown() {
    return true;
  }
}
