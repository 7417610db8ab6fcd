package karuta.database;

import java.sql.SQLException;
import java.util.Objects;

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

  /// Whether the database was not there, rather than wrong: not reached, or about to start or to stop (PostgreSQL's
  /// error classes 08 and 57P). Nothing has to be put right, and a later try may succeed.
  public boolean away() {
    for (var cause = getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException error
          && Objects.requireNonNullElse(error.getSQLState(), "").matches("08...|57P..")) {
        return true;
      }
    }
    return false;
  }
}
