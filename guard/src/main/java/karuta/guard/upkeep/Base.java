package karuta.guard.upkeep;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import karuta.card.Generation;
import karuta.card.Subject;
import karuta.database.Sql;
import karuta.guard.journal.CardRow;
import karuta.guard.officers.ActTable.Step;

/// The state of a card after all of its folded judgements: the rows that remain continue from here.
///
/// @param card as it was at this place in its chain
/// @param last the step of an act that was the last to change it until then
record Base(CardRow card, Step last) {
  private static final String COLUMNS = "subject, generation, " + CardRow.COLUMNS + ", act, step";

  /// Of a card whose rows are all there.
  static Base none(Subject subject, Generation generation) {
    return new Base(CardRow.none(subject, generation), Step.NONE);
  }

  /// What a [SetDigest] has of it. Every field stands on a line of its own, and none may hold a line's end; so no two
  /// bases give the same text.
  byte[] toBytes() {
    return String.join(
            "\n",
            "karuta card base v1",
            card.subject().value(),
            Integer.toString(card.generation().value()),
            Long.toString(card.head().number()),
            card.head().hash(),
            Integer.toString(card.failures()),
            Integer.toString(card.failuresInLife()),
            Long.toString(card.failedAt().toEpochMilli()),
            HexFormat.of().formatHex(card.spent().toByteArray()),
            Long.toString(last.act()),
            Integer.toString(last.step()))
        .getBytes(StandardCharsets.UTF_8);
  }

  /// The base of a card, if it has one.
  static Optional<Base> find(Sql sql, Subject subject, Generation generation) {
    return sql.row(
        Base::read,
        "SELECT " + COLUMNS + " FROM folded_cards WHERE subject = ? AND generation = ?",
        subject.value(),
        generation.value());
  }

  /// Those behind one, in the order of their keys.
  static List<Base> after(Sql sql, String subject, int generation, int limit) {
    return sql.rows(
        Base::read,
        "SELECT "
            + COLUMNS
            + " FROM folded_cards WHERE (subject, generation) > (?, ?) ORDER BY subject, generation LIMIT ?",
        subject,
        generation,
        limit);
  }

  /// Those of the cards from one to another, both with them.
  static Map<Rows.Key, Base> between(Sql sql, Rows.Key first, Rows.Key last) {
    return sql
        .rows(
            Base::read,
            "SELECT "
                + COLUMNS
                + " FROM folded_cards WHERE (subject, generation) >= (?, ?) AND (subject, generation) <= (?, ?)",
            first.subject().value(),
            first.generation().value(),
            last.subject().value(),
            last.generation().value())
        .stream()
        .collect(Collectors.toMap(base -> Rows.Key.of(base.card()), base -> base));
  }

  private static Base read(ResultSet row) throws SQLException {
    return new Base(
        CardRow.read(
            new Subject(row.getString("subject")), new Generation(row.getInt("generation")), row),
        new Step(row.getLong("act"), row.getInt("step")));
  }

  /// Writes it, over an older one of the card if there is one.
  void write(Sql sql) {
    sql.changeOne(
        """
        INSERT INTO folded_cards
          (subject, generation, number, hash, failures, failures_in_life, failed_at, spent_draws, act, step)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (subject, generation) DO UPDATE
           SET number = excluded.number, hash = excluded.hash, failures = excluded.failures,
               failures_in_life = excluded.failures_in_life, failed_at = excluded.failed_at,
               spent_draws = excluded.spent_draws, act = excluded.act, step = excluded.step
        """,
        card.subject().value(),
        card.generation().value(),
        card.head().number(),
        card.head().hash(),
        card.failures(),
        card.failuresInLife(),
        card.failedAt().toEpochMilli(),
        card.spent().toByteArray(),
        last.act(),
        last.step());
  }
}
