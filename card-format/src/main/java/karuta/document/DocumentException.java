package karuta.document;

import java.io.IOException;

/// A signed file is damaged, or was not signed by the key it should be. Nothing of it may be used.
public final class DocumentException extends IOException {
  private static final long serialVersionUID = 1;

  public DocumentException(String message) {
    super(message);
  }

  public DocumentException(String message, Throwable cause) {
    super(message, cause);
  }
}
