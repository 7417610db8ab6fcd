package karuta.guard.journal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import karuta.card.Generation;
import karuta.card.Subject;
import karuta.database.Sql;
import karuta.guard.client.Head;
import karuta.guard.client.Judgement.Verdict;

/// A card as guards remember it.
///
/// @param head of its chain
/// @param failures since its last pass
/// @param failedAt when it last failed; 1970 if it never did
/// @param spent the draws that have passed
public record CardRow(
    Subject subject,
    Generation generation,
    Head head,
    int failures,
    int failuresInLife,
    Instant failedAt,
    BitSet spent) {
  /// What [#read] reads.
  public static final String COLUMNS =
      "number, hash, failures, failures_in_life, failed_at, spent_draws";

  /// The card, held until the transaction ends; made if it was not there.
  public static CardRow hold(Sql sql, Subject subject, Generation generation) {
    return sql.row(
            row -> read(subject, generation, row),
            """
            INSERT INTO cards
              (subject, generation, number, hash, failures, failures_in_life, failed_at, spent_draws)
            VALUES (?, ?, 0, '', 0, 0, 0, ?)
            ON CONFLICT (subject, generation) DO UPDATE SET number = cards.number
            RETURNING
            """
                + COLUMNS,
            subject.value(),
            generation.value(),
            new byte[0])
        .orElseThrow();
  }

  /// A card that no guard has judged.
  public static CardRow none(Subject subject, Generation generation) {
    return new CardRow(subject, generation, Head.NONE, 0, 0, Instant.EPOCH, new BitSet());
  }

  /// The card as it is now.
  public static Optional<CardRow> find(Sql sql, Subject subject, Generation generation) {
    return sql.row(
        row -> read(subject, generation, row),
        "SELECT " + COLUMNS + " FROM cards WHERE subject = ? AND generation = ?",
        subject.value(),
        generation.value());
  }

  /// The card after one more judgement.
  public CardRow judged(Row row) {
    var judgement = row.judgement();
    var draws = (BitSet) spent.clone();
    if (judgement.verdict() == Verdict.RIGHT) {
      row.draws().forEach(draws::set);
    }
    return switch (judgement.verdict()) {
      case RIGHT ->
          new CardRow(subject, generation, judgement.head(), 0, failuresInLife, failedAt, draws);
      case WRONG ->
          new CardRow(
              subject,
              generation,
              judgement.head(),
              failures + 1,
              failuresInLife + 1,
              judgement.at(),
              draws);
      case UNANSWERED ->
          new CardRow(
              subject, generation, judgement.head(), failures, failuresInLife, failedAt, draws);
    };
  }

  /// The card as officers would have it.
  public CardRow with(Head newHead, int since, int inLife, Instant failed, BitSet draws) {
    return new CardRow(subject, generation, newHead, since, inLife, failed, draws);
  }

  /// Writes it over the row it was made from.
  ///
  /// @param before the head that row has
  public void write(Sql sql, Head before) {
    sql.changeOne(
        """
        UPDATE cards
           SET number = ?, hash = ?, failures = ?, failures_in_life = ?, failed_at = ?, spent_draws = ?
         WHERE subject = ? AND generation = ? AND number = ? AND hash = ?
        """,
        head.number(),
        head.hash(),
        failures,
        failuresInLife,
        failedAt.toEpochMilli(),
        spent.toByteArray(),
        subject.value(),
        generation.value(),
        before.number(),
        before.hash());
  }

  /// Those of the draws that have passed.
  List<Integer> spentOf(List<Integer> draws) {
    return draws.stream().filter(spent::get).toList();
  }

  /// Reads a card.
  public static CardRow read(Subject subject, Generation generation, ResultSet row)
      throws SQLException {
    return new CardRow(
        subject,
        generation,
        new Head(row.getLong("number"), row.getString("hash")),
        row.getInt("failures"),
        row.getInt("failures_in_life"),
        Instant.ofEpochMilli(row.getLong("failed_at")),
        BitSet.valueOf(row.getBytes("spent_draws")));
  }
}
