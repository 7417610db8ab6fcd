package karuta.database;

/// The database could not do its work, or did not say whether it did. Nothing was reported to anybody; the call may be
/// made again, an answer with the same idempotency key.
public final class DatabaseUnavailable extends RuntimeException {
  private static final long serialVersionUID = 1;

  public DatabaseUnavailable(String message, Throwable cause) {
    super(message, cause);
  }

  public DatabaseUnavailable(String message) {
    super(message);
  }
}
