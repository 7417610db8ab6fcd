package karuta.guard.officers;

import java.time.Instant;
import java.util.Optional;
import karuta.database.Sql;
import karuta.guard.journal.BankWide;
import karuta.guard.journal.Caps.Window;

/// The trip over all cards, as officers lift it.
final class Trips {
  private Trips() {}

  /// What would lift the trip; none if no trip stands.
  static Optional<Act> lifting(Sql sql) {
    return sql.row(
        row ->
            new Act.LiftTrip(
                row.getLong("number"),
                Window.valueOf(row.getString("cap")),
                Instant.ofEpochMilli(row.getLong("raised_at"))),
        "SELECT number, cap, raised_at FROM trips WHERE lifted_at = 0");
  }

  /// Lifts a trip. Failures until now are counted no more, or the next one would raise another; the last minute has
  /// some of both. It is the last that has any, for the time of a chain may be ahead of the clock.
  static void lift(Sql sql, long number, Instant at) {
    sql.changeOne(
        """
        UPDATE trips
           SET lifted_at = ?,
               forgiven_minute = (SELECT coalesce(max(minute), ?) FROM failure_minutes),
               forgiven = coalesce((SELECT failures FROM failure_minutes ORDER BY minute DESC LIMIT 1), 0)
         WHERE number = ? AND lifted_at = 0
        """,
        at.toEpochMilli(),
        BankWide.minute(at),
        number);
  }
}
