package karuta.guard.frame;

import java.io.IOException;

/// The bytes received are not a frame. The message does not repeat them, because they may be secret.
public final class BadFrame extends IOException {
  private static final long serialVersionUID = 1;

  public BadFrame(String message) {
    super(message);
  }
}
