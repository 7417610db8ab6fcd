package karuta.guard.journal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import karuta.card.ChallengeId;
import karuta.card.Generation;
import karuta.card.Subject;
import karuta.database.Sql;
import karuta.guard.client.ChainHead;
import karuta.guard.client.Head;
import karuta.guard.client.Judgement;
import karuta.guard.client.Judgement.Verdict;
import karuta.guard.client.Question.Statement;

/// The rows of judgements: added, and never changed.
public final class JudgementTable {
  /// What [#read] reads.
  public static final String COLUMNS =
      """
      challenge, guard, sequence, subject, generation, number, first_draw, second_draw, verdict,
      purpose, transaction_digest, audience, judged_at, hash
      """;

  private static final String SELECT = "SELECT " + COLUMNS + "FROM judgements ";

  private JudgementTable() {}

  static void add(Sql sql, Row row) {
    var judgement = row.judgement();
    var statement = row.statement();
    sql.changeOne(
        """
        INSERT INTO judgements
          (challenge, guard, sequence, subject, generation, number, first_draw, second_draw, verdict,
           purpose, transaction_digest, audience, judged_at, hash)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        judgement.challenge().value(),
        judgement.guard(),
        judgement.sequence(),
        row.subject().value(),
        row.generation().value(),
        judgement.head().number(),
        row.draws().isEmpty() ? 0 : row.draws().getFirst(),
        row.draws().size() > 1 ? row.draws().get(1) : 0,
        judgement.verdict().name(),
        statement.map(Statement::purpose).orElse(""),
        statement.map(Statement::transactionDigest).orElse(""),
        statement.map(Statement::audience).orElse(""),
        judgement.at().toEpochMilli(),
        judgement.head().hash());
  }

  static Optional<Row> of(Sql sql, ChallengeId challenge) {
    return sql.row(JudgementTable::read, SELECT + "WHERE challenge = ?", challenge.value());
  }

  /// The rows of a card behind a place in its chain, oldest first.
  public static List<Row> after(
      Sql sql, Subject subject, Generation generation, long number, int limit) {
    return sql.rows(
        JudgementTable::read,
        SELECT + "WHERE subject = ? AND generation = ? AND number > ? ORDER BY number LIMIT ?",
        subject.value(),
        generation.value(),
        number,
        limit);
  }

  /// Whether a card's chain has this place, of its own, because officers approved it, or because its rows begin there.
  static boolean has(Sql sql, Subject subject, Generation generation, Head head) {
    return sql.rows(
            row -> row.getString("hash"),
            """
            WITH place (subject, generation, number) AS (VALUES (?, ?, ?))
            SELECT hash FROM judgements NATURAL JOIN place
            UNION ALL
            SELECT hash FROM card_acts NATURAL JOIN place
            UNION ALL
            SELECT hash FROM folded_cards NATURAL JOIN place
            """,
            subject.value(),
            generation.value(),
            head.number())
        .contains(head.hash());
  }

  /// Whether a guard's chain has this place, of its own, because officers approved it, or because its rows begin there.
  public static boolean has(Sql sql, ChainHead head) {
    return has(sql, head.guard(), head.hash(), head.sequence(), head.sequence());
  }

  /// Whether a guard's chain has this hash within a span of numbers.
  public static boolean has(Sql sql, String guard, String hash, long from, long to) {
    return !sql.rows(
            row -> row.getString("hash"),
            """
            WITH place (guard, hash, low, high) AS (VALUES (?, ?, ?, ?))
            SELECT hash FROM judgements NATURAL JOIN place WHERE sequence BETWEEN low AND high
            UNION ALL
            SELECT hash FROM chain_acts NATURAL JOIN place WHERE sequence BETWEEN low AND high
            UNION ALL
            SELECT hash FROM folded_chains NATURAL JOIN place WHERE sequence BETWEEN low AND high
            """,
            guard,
            hash,
            from,
            to)
        .isEmpty();
  }

  /// Reads a row.
  public static Row read(ResultSet row) throws SQLException {
    var judgement =
        new Judgement(
            new ChallengeId(row.getString("challenge")),
            new Head(row.getLong("number"), row.getString("hash")),
            Verdict.valueOf(row.getString("verdict")),
            row.getString("guard"),
            row.getLong("sequence"),
            Instant.ofEpochMilli(row.getLong("judged_at")));
    var answered = judgement.verdict() != Verdict.UNANSWERED;
    return new Row(
        judgement,
        new Subject(row.getString("subject")),
        new Generation(row.getInt("generation")),
        Stream.of(row.getInt("first_draw"), row.getInt("second_draw"))
            .filter(draw -> draw > 0)
            .toList(),
        answered
            ? Optional.of(
                new Statement(
                    row.getString("purpose"),
                    row.getString("transaction_digest"),
                    row.getString("audience")))
            : Optional.empty());
  }
}
