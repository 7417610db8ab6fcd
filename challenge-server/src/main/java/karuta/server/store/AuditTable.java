package karuta.server.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import karuta.card.Subject;
import karuta.database.Sql;
import karuta.server.audit.AuditEntry;
import karuta.server.audit.AuditEvent;

/// The audit: rows are added in the transaction they tell of, and never changed.
public final class AuditTable {
  /// After every id in the order of every language: ids have digits and the letters a to f, and a database may sort
  /// punctuation before them.
  private static final String END = "z";

  /// After every id that a server makes.
  private static final String AFTER_DIGITS = "g";

  /// Rows with ids that no server makes, put in by somebody's hand, behind which the newest is looked for.
  private static final int STRANGE = 100;

  private static final String WHOLE =
      """
      SELECT id, at, subject, generation, actor, event, challenge_id, draw, detail
        FROM audit
      """;

  private final Sql sql;
  private final AuditIds ids;

  AuditTable(Sql sql, AuditIds ids) {
    this.sql = sql;
    this.ids = ids;
  }

  /// Adds a row about a subject.
  public void add(Subject subject, AuditEntry entry) {
    add(subject.value(), entry);
  }

  /// Adds a row about the bank as a whole.
  public void add(AuditEntry entry) {
    add("", entry);
  }

  private void add(String subject, AuditEntry entry) {
    sql.changeOne(
        """
        INSERT INTO audit (id, at, subject, generation, actor, event, challenge_id, draw, detail)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        ids.next(entry.at()),
        entry.at().toEpochMilli(),
        subject,
        entry.generation(),
        entry.actor(),
        entry.event().label(),
        entry.challengeId(),
        entry.draw(),
        entry.detail());
  }

  /// A subject's rows by their ids, newest first, older than the id given; the empty id stands for now.
  public List<Map.Entry<String, AuditEntry>> of(Subject subject, String before, int limit) {
    return sql.rows(
        row -> Map.entry(row.getString("id"), read(row)),
        """
        SELECT id, at, generation, actor, event, challenge_id, draw, detail
          FROM audit
         WHERE subject = ? AND id < ?
         ORDER BY id DESC
         LIMIT ?
        """,
        subject.value(),
        before.isEmpty() ? END : before,
        limit);
  }

  /// Rows of all subjects with ids above `after` and not above `until`, in order.
  public List<AuditRow> between(String after, String until, int limit) {
    return sql.rows(
        AuditTable::whole,
        WHOLE + "WHERE id > ? AND id <= ? ORDER BY id LIMIT ?",
        after,
        until,
        limit);
  }

  /// Rows of all subjects with ids above `after`, however strange, in order.
  public List<AuditRow> after(String after, int limit) {
    return sql.rows(AuditTable::whole, WHOLE + "WHERE id > ? ORDER BY id LIMIT ?", after, limit);
  }

  /// Whether there is a row with the empty id, which is above no other.
  public boolean hasEmptyId() {
    return !sql.rows(row -> true, "SELECT id FROM audit WHERE id = ''").isEmpty();
  }

  /// The moment in the newest id that a server has made.
  Optional<Instant> newest() {
    return sql
        .rows(
            row -> row.getString("id"),
            "SELECT id FROM audit WHERE id < ? ORDER BY id DESC LIMIT ?",
            AFTER_DIGITS,
            STRANGE)
        .stream()
        .flatMap(id -> AuditIds.timeOf(id).stream())
        .findFirst();
  }

  /// The moment in an id; none if the id is not one that a server makes.
  public static Optional<Instant> timeOf(String id) {
    return AuditIds.timeOf(id);
  }

  /// An id that no row from before `time` exceeds, and every row from then on does.
  public static String idAt(Instant time) {
    return AuditIds.before(time);
  }

  private static AuditRow whole(ResultSet row) throws SQLException {
    return new AuditRow(
        row.getString("id"),
        row.getLong("at"),
        row.getString("subject"),
        row.getInt("generation"),
        row.getString("actor"),
        row.getString("event"),
        row.getString("challenge_id"),
        row.getInt("draw"),
        row.getString("detail"));
  }

  private static AuditEntry read(ResultSet row) throws SQLException {
    return new AuditEntry(
        Instant.ofEpochMilli(row.getLong("at")),
        row.getString("actor"),
        AuditEvent.parse(row.getString("event")),
        row.getInt("generation"),
        row.getString("challenge_id"),
        row.getInt("draw"),
        row.getString("detail"));
  }
}
