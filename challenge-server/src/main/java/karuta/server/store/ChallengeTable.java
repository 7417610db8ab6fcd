package karuta.server.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import karuta.card.ChallengeId;
import karuta.card.Generation;
import karuta.card.Subject;
import karuta.database.Sql;
import karuta.server.challenge.CanonicalTransaction;
import karuta.server.challenge.ChallengeState;
import karuta.server.challenge.Purpose;
import karuta.server.challenge.ScreenOrder;

/// Challenges: added once, settled once.
public final class ChallengeTable {
  private static final String SELECT =
      """
      SELECT challenge_id, subject, generation, caller, purpose, transaction_text, screen_seed,
             first_draw, second_draw, state, created_at, expires_at, receipt, closed
        FROM challenges
      """;

  private final Sql sql;

  ChallengeTable(Sql sql) {
    this.sql = sql;
  }

  public void add(ChallengeRow challenge) {
    sql.changeOne(
        """
        INSERT INTO challenges
          (challenge_id, subject, generation, caller, purpose, transaction_text, screen_seed,
           first_draw, second_draw, state, created_at, expires_at, settled_at, receipt, closed)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'OPEN', ?, ?, 0, '', 0)
        """,
        challenge.id().value(),
        challenge.subject().value(),
        challenge.generation().value(),
        challenge.caller(),
        challenge.purpose().name(),
        CanonicalTransaction.encode(challenge.transaction()),
        challenge.order().toBytes(),
        challenge.draws().getFirst(),
        challenge.draws().size() > 1 ? challenge.draws().get(1) : 0,
        challenge.createdAt().toEpochMilli(),
        challenge.expiresAt().toEpochMilli());
  }

  public Optional<ChallengeRow> find(ChallengeId id) {
    return sql.row(ChallengeTable::read, SELECT + "WHERE challenge_id = ?", id.value());
  }

  /// Gives an open challenge its verdict. That it is open is part of the statement: a challenge is settled once.
  ///
  /// @param verdict PASSED or FAILED
  /// @param receipt compact JWS for PASSED, else empty
  public void settle(ChallengeId id, ChallengeState verdict, Instant at, String receipt) {
    end(id, verdict, at, receipt, true);
  }

  /// Ends an open challenge without a verdict. What a guard may have judged of it has to be asked before it is closed.
  ///
  /// @param end EXPIRED or ABANDONED
  public void end(ChallengeId id, ChallengeState end, Instant at) {
    end(id, end, at, "", false);
  }

  private void end(ChallengeId id, ChallengeState end, Instant at, String receipt, boolean closed) {
    sql.changeOne(
        """
        UPDATE challenges
           SET state = ?, settled_at = ?, receipt = ?, closed = ?
         WHERE challenge_id = ? AND state = 'OPEN'
        """,
        end.name(),
        at.toEpochMilli(),
        receipt,
        closed ? 1 : 0,
        id.value());
  }

  /// Closes a challenge that has ended: what was judged of it is known and settled.
  public void close(ChallengeId id) {
    sql.changeOne(
        """
        UPDATE challenges
           SET closed = 1
         WHERE challenge_id = ? AND state <> 'OPEN' AND closed = 0
        """,
        id.value());
  }

  /// Challenges that have ended and are not closed, the longest waiting first.
  public List<ChallengeRow> toClose(int limit) {
    return sql.rows(
        ChallengeTable::read,
        SELECT + "WHERE closed = 0 AND state <> 'OPEN' ORDER BY settled_at LIMIT ?",
        limit);
  }

  /// Open challenges whose time is over, the longest waiting first.
  public List<ChallengeRow> overdue(Instant now, int limit) {
    return sql.rows(
        ChallengeTable::read,
        SELECT + "WHERE state = 'OPEN' AND expires_at <= ? ORDER BY expires_at LIMIT ?",
        now.toEpochMilli(),
        limit);
  }

  private static ChallengeRow read(ResultSet row) throws SQLException {
    var draws = new ArrayList<Integer>();
    draws.add(row.getInt("first_draw"));
    if (row.getInt("second_draw") > 0) {
      draws.add(row.getInt("second_draw"));
    }
    return new ChallengeRow(
        new ChallengeId(row.getString("challenge_id")),
        new Subject(row.getString("subject")),
        new Generation(row.getInt("generation")),
        row.getString("caller"),
        Purpose.valueOf(row.getString("purpose")),
        CanonicalTransaction.decode(row.getBytes("transaction_text")),
        new ScreenOrder(row.getBytes("screen_seed")),
        draws,
        ChallengeState.valueOf(row.getString("state")),
        Instant.ofEpochMilli(row.getLong("created_at")),
        Instant.ofEpochMilli(row.getLong("expires_at")),
        row.getString("receipt"),
        row.getInt("closed") == 1);
  }
}
