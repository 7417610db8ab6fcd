package karuta.server.store;

/// The store could not do its work, or did not say whether it did. Nothing was reported to anybody; the call may be made
/// again, answers with the same idempotency key.
public final class StoreUnavailable extends RuntimeException {
  private static final long serialVersionUID = 1;

  public StoreUnavailable(String message, Throwable cause) {
    super(message, cause);
  }

  public StoreUnavailable(String message) {
    super(message);
  }
}
