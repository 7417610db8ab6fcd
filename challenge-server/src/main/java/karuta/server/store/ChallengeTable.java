package karuta.server.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import karuta.card.Generation;
import karuta.card.Subject;
import karuta.database.Sql;
import karuta.server.challenge.CanonicalTransaction;
import karuta.server.challenge.ChallengeId;
import karuta.server.challenge.ChallengeState;
import karuta.server.challenge.Purpose;
import karuta.server.challenge.ScreenOrder;

/// Challenges: added once, settled once.
public final class ChallengeTable {
  private static final String SELECT =
      """
      SELECT challenge_id, subject, generation, caller, purpose, transaction_text, screen_seed,
             first_draw, second_draw, state, created_at, expires_at, receipt
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
           first_draw, second_draw, state, created_at, expires_at, settled_at, receipt)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'OPEN', ?, ?, 0, '')
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

  /// Gives an open challenge its end. That it is open is part of the statement: a challenge ends once.
  ///
  /// @param receipt compact JWS for PASSED, else empty
  public void settle(ChallengeId id, ChallengeState end, Instant at, String receipt) {
    sql.changeOne(
        """
        UPDATE challenges
           SET state = ?, settled_at = ?, receipt = ?
         WHERE challenge_id = ? AND state = 'OPEN'
        """,
        end.name(),
        at.toEpochMilli(),
        receipt,
        id.value());
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
        row.getString("receipt"));
  }
}
