package karuta.guard.frame;

import java.io.IOException;

/// What came is no frame. It says nothing of what came.
public final class BadFrame extends IOException {
  private static final long serialVersionUID = 1;

  public BadFrame(String message) {
    super(message);
  }
}
