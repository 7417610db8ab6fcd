package karuta.server.store;

import java.time.Instant;
import karuta.database.Sql;

/// Alarms that are on or off for all servers of one store.
public final class AlarmTable {
  /// Wrong answers on many accounts.
  public static final String HORIZONTAL_GUESSING = "horizontal-guessing";

  private final Sql sql;

  AlarmTable(Sql sql) {
    this.sql = sql;
  }

  public boolean raised(String name) {
    return sql.row(
            row -> row.getLong("raised_at") != 0,
            """
            SELECT raised_at
              FROM alarms
             WHERE name = ?
            """,
            name)
        .orElseThrow();
  }

  /// Raises an alarm; true for the one server that did, false if it was on.
  public boolean raise(String name, Instant at) {
    return sql.change(
            """
            UPDATE alarms
               SET raised_at = ?
             WHERE name = ? AND raised_at = 0
            """,
            at.toEpochMilli(),
            name)
        == 1;
  }

  /// Clears an alarm; true for the one server that did.
  public boolean clear(String name) {
    return sql.change(
            """
            UPDATE alarms
               SET raised_at = 0
             WHERE name = ? AND raised_at <> 0
            """,
            name)
        == 1;
  }
}
