package karuta.guard.upkeep;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import karuta.card.Generation;
import karuta.card.Subject;
import karuta.database.InvariantBroken;
import karuta.database.Sql;
import karuta.guard.client.ChainHead;
import karuta.guard.journal.CardRow;
import karuta.guard.journal.Chain;
import karuta.guard.journal.JudgementTable;
import karuta.guard.journal.Row;

/// The rows of a journal, some at a time, as a check goes through all of them.
final class Rows {
  private Rows() {}

  /// The chain of every guard that has begun one.
  static List<Chain> chains(Sql sql) {
    return sql.rows(
        Rows::chain, "SELECT guard, sequence, hash, judged_at FROM guards ORDER BY guard");
  }

  /// Reads `guard`, `sequence`, `hash` and `judged_at`.
  static Chain chain(ResultSet row) throws SQLException {
    return new Chain(
        row.getString("guard"),
        row.getLong("sequence"),
        row.getString("hash"),
        Instant.ofEpochMilli(row.getLong("judged_at")));
  }

  /// One that has not begun.
  static Chain none(String guard) {
    return new Chain(guard, 0, "", Instant.EPOCH);
  }

  /// A row of a guard's chain as a check looks at it.
  ///
  /// @param card the hash of the place before it in its card's chain; empty if there is none
  /// @param hasCard whether the card has a row
  record Linked(Row row, String card, boolean hasCard) {}

  /// The rows of a guard behind a place in its chain, oldest first.
  static List<Linked> linked(Sql sql, String guard, long sequence, int limit) {
    return sql.rows(
        row ->
            new Linked(
                JudgementTable.read(row), row.getString("card_before"), row.getInt("cards") > 0),
        "SELECT "
            + JudgementTable.COLUMNS
            + """
              , coalesce((SELECT hash FROM judgements before
                           WHERE before.subject = judgements.subject
                             AND before.generation = judgements.generation
                             AND before.number = judgements.number - 1),
                         (SELECT hash FROM folded_cards before
                           WHERE before.subject = judgements.subject
                             AND before.generation = judgements.generation
                             AND before.number = judgements.number - 1),
                         (SELECT hash FROM card_acts before
                           WHERE before.subject = judgements.subject
                             AND before.generation = judgements.generation
                             AND before.number = judgements.number - 1
                             AND before.number > before.number_before
                           ORDER BY act DESC LIMIT 1), '') AS card_before
              , (SELECT count(*) FROM cards
                  WHERE cards.subject = judgements.subject
                    AND cards.generation = judgements.generation) AS cards
              FROM judgements
             WHERE guard = ? AND sequence > ?
             ORDER BY sequence
             LIMIT ?
            """,
        guard,
        sequence,
        limit);
  }

  /// The next guard that has a row, by its name.
  static Optional<String> guardAfter(Sql sql, String guard) {
    return sql.row(
        row -> row.getString("guard"),
        "SELECT guard FROM judgements WHERE guard > ? ORDER BY guard LIMIT 1",
        guard);
  }

  /// The cards behind one, in the order of their keys.
  static List<CardRow> cardsAfter(Sql sql, String subject, int generation, int limit) {
    return sql.rows(
        row ->
            CardRow.read(
                new Subject(row.getString("subject")),
                new Generation(row.getInt("generation")),
                row),
        "SELECT subject, generation, "
            + CardRow.COLUMNS
            + " FROM cards WHERE (subject, generation) > (?, ?) ORDER BY subject, generation LIMIT ?",
        subject,
        generation,
        limit);
  }

  /// A card.
  record Key(Subject subject, Generation generation) {
    static Key of(CardRow card) {
      return new Key(card.subject(), card.generation());
    }

    private static Key read(ResultSet row) throws SQLException {
      return new Key(
          new Subject(row.getString("subject")), new Generation(row.getInt("generation")));
    }
  }

  /// The cards from one to another, both with them, that have rows or were changed by officers.
  static Set<Key> active(Sql sql, Key first, Key last) {
    return Set.copyOf(
        sql.rows(
            Key::read,
            """
            SELECT subject, generation FROM judgements
             WHERE (subject, generation) >= (?, ?) AND (subject, generation) <= (?, ?)
            UNION
            SELECT subject, generation FROM card_acts
             WHERE (subject, generation) >= (?, ?) AND (subject, generation) <= (?, ?)
            """,
            first.subject().value(),
            first.generation().value(),
            last.subject().value(),
            last.generation().value(),
            first.subject().value(),
            first.generation().value(),
            last.subject().value(),
            last.generation().value()));
  }

  /// The number of a guard's row with this hash, if it is there.
  static Optional<Long> place(Sql sql, ChainHead head) {
    return sql.row(
        row -> row.getLong("sequence"),
        "SELECT sequence FROM judgements WHERE guard = ? AND sequence <= ? AND hash = ?",
        head.guard(),
        head.sequence(),
        head.hash());
  }

  /// The rows of a guard up to a number that were judged before a moment.
  static FoldPlan.Stretch stretch(Sql sql, String guard, long last, Instant before) {
    return sql.row(
            row ->
                new FoldPlan.Stretch(
                    guard, row.getLong("first") - 1, row.getLong("last"), row.getLong("many")),
            """
            SELECT coalesce(min(sequence), 1) AS first, coalesce(max(sequence), 0) AS last, count(*) AS many
              FROM judgements
             WHERE guard = ? AND sequence <= ? AND judged_at < ?
            """,
            guard,
            last,
            before.toEpochMilli())
        .orElseThrow();
  }

  /// Whether rows of a guard are there up to this place in its chain.
  static boolean remain(Sql sql, Chain place) {
    return !sql.rows(
            row -> row.getLong("sequence"),
            "SELECT sequence FROM judgements WHERE guard = ? AND sequence <= ? LIMIT 1",
            place.guard(),
            place.sequence())
        .isEmpty();
  }

  /// Removes those that a step has folded.
  static void remove(Sql sql, FoldStep step) {
    var removed =
        sql.change(
            "DELETE FROM judgements WHERE guard = ? AND sequence > ? AND sequence <= ?",
            step.chain().guard(),
            step.after(),
            step.chain().sequence());
    if (removed != step.rows()) {
      throw new InvariantBroken(
          "%d rows were folded, and %d are there".formatted(step.rows(), removed));
    }
  }

  /// The failures counted in each minute from this one on.
  static SortedMap<Long, Integer> counted(Sql sql, long from) {
    var counted = new TreeMap<Long, Integer>();
    sql.rows(
        row -> counted.put(row.getLong("minute"), row.getInt("failures")),
        "SELECT minute, failures FROM failure_minutes WHERE minute >= ?",
        from);
    return counted;
  }
}
