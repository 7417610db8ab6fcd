package karuta.server.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import karuta.card.Generation;
import karuta.card.Subject;
import karuta.database.Sql;

/// Dates, tracking numbers and reasons.
public final class CardDetailTable {
  private final Sql sql;

  CardDetailTable(Sql sql) {
    this.sql = sql;
  }

  /// Adds the row of an ordered card.
  public void add(Subject subject, Generation generation) {
    sql.changeOne(
        """
        INSERT INTO cards
          (subject, generation, issued_at, mailed_at, activated_at, ended_at, tracking_number, reason)
        VALUES (?, ?, 0, 0, 0, 0, '', '')
        """,
        subject.value(),
        generation.value());
  }

  /// Reads a card's row, which is there for every card.
  public CardDetails find(Subject subject, Generation generation) {
    return sql.row(
            CardDetailTable::read,
            """
            SELECT issued_at, mailed_at, activated_at, ended_at, tracking_number, reason
              FROM cards
             WHERE subject = ? AND generation = ?
            """,
            subject.value(),
            generation.value())
        .orElseThrow();
  }

  public void issued(Subject subject, Generation generation, Instant at) {
    sql.changeOne(
        """
        UPDATE cards
           SET issued_at = ?
         WHERE subject = ? AND generation = ?
        """,
        at.toEpochMilli(),
        subject.value(),
        generation.value());
  }

  public void mailed(Subject subject, Generation generation, Instant at, String trackingNumber) {
    sql.changeOne(
        """
        UPDATE cards
           SET mailed_at = ?, tracking_number = ?
         WHERE subject = ? AND generation = ?
        """,
        at.toEpochMilli(),
        trackingNumber,
        subject.value(),
        generation.value());
  }

  public void activated(Subject subject, Generation generation, Instant at) {
    sql.changeOne(
        """
        UPDATE cards
           SET activated_at = ?
         WHERE subject = ? AND generation = ?
        """,
        at.toEpochMilli(),
        subject.value(),
        generation.value());
  }

  /// Notes why a card was suspended; the empty reason takes the note away.
  public void reason(Subject subject, Generation generation, String reason) {
    sql.changeOne(
        """
        UPDATE cards
           SET reason = ?
         WHERE subject = ? AND generation = ?
        """,
        reason,
        subject.value(),
        generation.value());
  }

  public void ended(Subject subject, Generation generation, Instant at, String reason) {
    sql.changeOne(
        """
        UPDATE cards
           SET ended_at = ?, reason = ?
         WHERE subject = ? AND generation = ?
        """,
        at.toEpochMilli(),
        reason,
        subject.value(),
        generation.value());
  }

  private static CardDetails read(ResultSet row) throws SQLException {
    return new CardDetails(
        time(row, "issued_at"),
        time(row, "mailed_at"),
        time(row, "activated_at"),
        time(row, "ended_at"),
        row.getString("tracking_number"),
        row.getString("reason"));
  }

  private static Optional<Instant> time(ResultSet row, String column) throws SQLException {
    var millis = row.getLong(column);
    return millis == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
  }
}
