package karuta.client;

import org.jspecify.annotations.Nullable;

/// A receipt that proves nothing, and why.
public final class ReceiptInvalid extends Exception {
  private static final long serialVersionUID = 1L;

  ReceiptInvalid(String why) {
    this(why, null);
  }

  ReceiptInvalid(String why, @Nullable Throwable cause) {
    super("the receipt is not valid: " + why, cause);
  }
}
