package karuta.database;

import java.sql.SQLException;
import java.util.Objects;
import java.util.regex.Pattern;

/// The database could not do its work, or did not say whether it did. Nothing was reported to anybody; the call may be
/// made again, an answer with the same idempotency key.
public final class DatabaseUnavailable extends RuntimeException {
  private static final long serialVersionUID = 1;

  /// What passes of itself (PostgreSQL, appendix A): not reached (08), starting or stopping (57P), a statement that was
  /// cancelled or took too long (57014, 25P03), undone for the sake of others (40001, 40P01), a primary that has become
  /// a standby (25006), no memory (53200), no free connection (53300), a lock that another holds (55P03). A full disk
  /// (53100) is not among them: somebody has to make room.
  private static final Pattern PASSING =
      Pattern.compile("08...|57P..|57014|25P03|25006|40001|40P01|53200|53300|55P03");

  private final boolean passing;

  public DatabaseUnavailable(String message, Throwable cause) {
    super(message, cause);
    this.passing = false;
  }

  public DatabaseUnavailable(String message) {
    this(message, false);
  }

  private DatabaseUnavailable(String message, boolean passing) {
    super(message);
    this.passing = passing;
  }

  /// What this program itself found to be not as it must be now, and others put right without a person.
  static DatabaseUnavailable forNow(String message) {
    return new DatabaseUnavailable(message, true);
  }

  /// Whether the database was not there for now, rather than wrong. Nothing has to be put right, and a later try may
  /// succeed.
  public boolean away() {
    for (Throwable cause = this; cause != null; cause = cause.getCause()) {
      if (passes(cause)) {
        return true;
      }
    }
    return false;
  }

  private static boolean passes(Throwable cause) {
    return switch (cause) {
      case DatabaseUnavailable found -> found.passing;
      case SQLException error ->
          PASSING.matcher(Objects.requireNonNullElse(error.getSQLState(), "")).matches();
      default -> false;
    };
  }
}
