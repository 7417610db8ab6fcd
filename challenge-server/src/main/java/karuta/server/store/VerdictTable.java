package karuta.server.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import karuta.card.ChallengeId;
import karuta.card.Subject;
import karuta.database.Sql;
import karuta.server.card.Caller;
import karuta.server.card.CardState;
import karuta.server.challenge.IdempotencyKey;
import karuta.server.challenge.Outcome.Standing;

/// Verdicts by the caller's idempotency key: one a key, one a challenge.
public final class VerdictTable {
  private final Sql sql;

  VerdictTable(Sql sql) {
    this.sql = sql;
  }

  public Optional<VerdictRow> find(Caller caller, IdempotencyKey key) {
    return sql.row(
        VerdictTable::read,
        """
        SELECT caller, idempotency_key, challenge_id, subject, verdict, card_state,
               attempts_left, draws_left, renewal_due
          FROM verdicts
         WHERE caller = ? AND idempotency_key = ?
        """,
        caller.name(),
        key.value());
  }

  /// Writes a verdict; false if the key or the challenge has one.
  public boolean add(VerdictRow verdict, Instant at) {
    return sql.change(
            """
            INSERT INTO verdicts
              (caller, idempotency_key, challenge_id, subject, verdict, card_state,
               attempts_left, draws_left, renewal_due, settled_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT DO NOTHING
            """,
            verdict.caller().name(),
            verdict.key().value(),
            verdict.challenge().value(),
            verdict.subject().value(),
            verdict.right() ? "RIGHT" : "WRONG",
            verdict.standing().cardState().name(),
            verdict.standing().attemptsLeft(),
            verdict.standing().drawsLeft(),
            verdict.standing().renewalDue(),
            at.toEpochMilli())
        == 1;
  }

  /// Wrong answers behind a place in the list, in the order of time; the index holds all that is read here.
  public List<WrongAnswer> wrongAfter(WrongAnswer place, int limit) {
    return sql.rows(
        row ->
            new WrongAnswer(
                Instant.ofEpochMilli(row.getLong("settled_at")), row.getString("subject")),
        """
        SELECT settled_at, subject
          FROM verdicts
         WHERE verdict = 'WRONG' AND (settled_at, subject) > (?, ?)
         ORDER BY settled_at, subject
         LIMIT ?
        """,
        place.at().toEpochMilli(),
        place.subject(),
        limit);
  }

  private static VerdictRow read(ResultSet row) throws SQLException {
    return new VerdictRow(
        new Caller(row.getString("caller")),
        new IdempotencyKey(row.getString("idempotency_key")),
        new ChallengeId(row.getString("challenge_id")),
        new Subject(row.getString("subject")),
        row.getString("verdict").equals("RIGHT"),
        new Standing(
            CardState.valueOf(row.getString("card_state")),
            row.getInt("attempts_left"),
            row.getInt("draws_left"),
            row.getBoolean("renewal_due")));
  }
}
