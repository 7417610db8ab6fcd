package karuta.provisioning.batch;

import java.io.IOException;

/// Work was stopped from outside and has cleaned up after itself. The message says how to go on. Exit code 4.
public final class Interrupted extends IOException {
  private static final long serialVersionUID = 1;

  public Interrupted(String message) {
    super(message);
  }

  /// A batch was stopped. What it wrote is gone, the layout key is untouched.
  static Interrupted batch() {
    return new Interrupted("interrupted; nothing was kept, run the same command again");
  }
}
