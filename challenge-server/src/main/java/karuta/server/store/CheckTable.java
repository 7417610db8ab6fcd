package karuta.server.store;

import java.time.Duration;
import java.time.Instant;
import karuta.database.Sql;

/// Rows that a health check writes, because reading is not enough: a full disk can still be read, and so can a database
/// whose commits wait for a lost standby.
///
/// Each server has a row of its own, so that no server waits for a row that another has locked.
final class CheckTable {
  private static final Duration KEPT = Duration.ofDays(1);

  private final Sql sql;

  CheckTable(Sql sql) {
    this.sql = sql;
  }

  /// Changes a server's row. The count makes it another row each time, whatever the clock says: SQLite writes nothing
  /// where nothing is changed.
  void write(String server, Instant at) {
    sql.changeOne(
        """
        INSERT INTO store_checks (server, checks, at)
        VALUES (?, 1, ?)
        ON CONFLICT (server) DO UPDATE SET checks = store_checks.checks + 1, at = excluded.at
        """,
        server,
        at.toEpochMilli());
  }

  /// Removes the rows of servers that are long gone, and says how many they were.
  int forget(Instant now) {
    return sql.change(
        """
        DELETE FROM store_checks
         WHERE at < ?
        """,
        now.minus(KEPT).toEpochMilli());
  }
}
