package karuta.guard.journal;

import java.time.Instant;
import java.util.Optional;
import karuta.database.Sql;
import karuta.guard.journal.Caps.Window;

/// The failures of all cards together, by the minute, and the trip they raise at a cap. Only officers lift it; until
/// then the cards that failed within the window before it, or have failed since, are judged no more. All others are: so
/// that nobody who can only answer wrong turns a bank off, and whoever owns a server has one guess a card.
public final class BankWide {
  private static final long MINUTE = 60_000;

  private BankWide() {}

  /// From when on a failure keeps a card from being judged; none if no trip stands.
  static Optional<Instant> trippedSince(Sql sql) {
    return sql.row(
        row -> Instant.ofEpochMilli(row.getLong("since")),
        "SELECT since FROM trips WHERE lifted_at = 0");
  }

  /// Counts one failure, and raises a trip where a cap is reached and none stands.
  static void failed(Sql sql, Instant at, Caps caps) {
    var minute = minute(at);
    sql.changeOne(
        """
        INSERT INTO failure_minutes (minute, failures)
        VALUES (?, 1)
        ON CONFLICT (minute) DO UPDATE SET failures = failure_minutes.failures + 1
        """,
        minute);
    sql.change("DELETE FROM failure_minutes WHERE minute < ?", oldest(minute));
    var forgiven = Forgiven.read(sql);
    for (var window : Window.values()) {
      if (count(sql, minute, window, forgiven) >= caps.of(window)) {
        raise(sql, window, at);
        return;
      }
    }
  }

  /// Failures of whole minutes: those of the window and of the one it begins in, but for those before the last trip was
  /// lifted.
  private static long count(Sql sql, long minute, Window window, Forgiven forgiven) {
    var first = minute - window.length().toMinutes();
    var failed =
        sql.row(
                row -> row.getLong("failed"),
                "SELECT coalesce(sum(failures), 0) AS failed FROM failure_minutes WHERE minute >= ?",
                Math.max(first, forgiven.minute()))
            .orElseThrow();
    return forgiven.minute() >= first ? failed - forgiven.failures() : failed;
  }

  /// What is counted no more since a trip was lifted: all before a minute, and so many failures of that one.
  private record Forgiven(long minute, int failures) {
    static Forgiven read(Sql sql) {
      return sql.row(
              row -> new Forgiven(row.getLong("forgiven_minute"), row.getInt("forgiven")),
              """
              SELECT forgiven_minute, forgiven FROM trips
               ORDER BY forgiven_minute DESC, forgiven DESC
               LIMIT 1
              """)
          .orElse(new Forgiven(0, 0));
    }
  }

  /// The minute that a failure is counted in.
  public static long minute(Instant at) {
    return at.toEpochMilli() / MINUTE;
  }

  /// The oldest minute that is still counted at this one.
  public static long oldest(long minute) {
    return minute - Window.DAY.length().toMinutes();
  }

  private static void raise(Sql sql, Window window, Instant at) {
    sql.change(
        """
        INSERT INTO trips (number, cap, raised_at, since, lifted_at)
        SELECT coalesce(max(number), 0) + 1, ?, ?, ?, 0 FROM trips WHERE true
        ON CONFLICT DO NOTHING
        """,
        window.name(),
        at.toEpochMilli(),
        at.minus(window.length()).toEpochMilli());
  }
}
