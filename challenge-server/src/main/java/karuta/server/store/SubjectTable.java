package karuta.server.store;

import java.time.Instant;
import java.util.Optional;
import karuta.card.Generation;
import karuta.card.Subject;
import karuta.database.Sql;
import karuta.server.card.Method;

/// Subjects and the methods they use.
public final class SubjectTable {
  private static final Sql.Held HELD = new Sql.Held("subjects", "method", "method");

  private final Sql sql;

  SubjectTable(Sql sql) {
    this.sql = sql;
  }

  /// The method of `subject`, or empty if there is no such subject.
  public Optional<Method> method(Subject subject) {
    return sql.row(
        row -> Method.valueOf(row.getString("method")),
        """
        SELECT method
          FROM subjects
         WHERE subject = ?
        """,
        subject.value());
  }

  /// Adds a subject; false if it is there already.
  public boolean add(Subject subject, Method method, Instant at) {
    return sql.change(
            """
            INSERT INTO subjects (subject, method, generation, registered_at)
            VALUES (?, ?, 0, ?)
            ON CONFLICT DO NOTHING
            """,
            subject.value(),
            method.name(),
            at.toEpochMilli())
        == 1;
  }

  /// Holds the row until the transaction ends, so that orders and changes of method come one after the other.
  public Optional<Method> lock(Subject subject) {
    return sql.hold(
        row -> Method.valueOf(row.getString("method")), HELD, "subject = ?", subject.value());
  }

  /// Changes the method.
  public void method(Subject subject, Method method) {
    sql.changeOne(
        """
        UPDATE subjects
           SET method = ?
         WHERE subject = ?
        """,
        method.name(),
        subject.value());
  }

  /// Counts one card more and says which it is.
  public Generation nextGeneration(Subject subject) {
    return sql.row(
            row -> new Generation(row.getInt("generation")),
            """
            UPDATE subjects
               SET generation = generation + 1
             WHERE subject = ?
            RETURNING generation
            """,
            subject.value())
        .orElseThrow();
  }
}
