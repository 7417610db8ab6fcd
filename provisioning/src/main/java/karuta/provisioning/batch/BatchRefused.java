package karuta.provisioning.batch;

import java.io.IOException;

/// A batch is not made, because it would spoil another. Nothing was written; the message says what to do. Exit code 1.
public final class BatchRefused extends IOException {
  private static final long serialVersionUID = 1;

  BatchRefused(String message) {
    super(message);
  }
}
