package karuta.provisioning.batch;

import java.io.IOException;

/// A batch was stopped from outside. What it wrote is gone, the layout key is untouched: the same command starts it again.
public final class Interrupted extends IOException {
  private static final long serialVersionUID = 1;

  Interrupted() {
    super("interrupted; nothing was kept, run the same command again");
  }
}
