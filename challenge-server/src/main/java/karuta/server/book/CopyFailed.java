package karuta.server.book;

import java.io.IOException;

/// The private copy of a bundle could not be written, most likely for want of space: nothing is wrong with the bundle.
public final class CopyFailed extends IOException {
  private static final long serialVersionUID = 1;

  CopyFailed(IOException cause) {
    super("the temporary directory takes no copy of the bundle; make room there", cause);
  }
}
