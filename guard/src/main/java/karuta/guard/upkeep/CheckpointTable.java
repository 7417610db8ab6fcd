package karuta.guard.upkeep;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import karuta.database.Sql;
import karuta.guard.journal.Chain;

/// The last checkpoint, and where it has the rows of each guard begin.
final class CheckpointTable {
  private CheckpointTable() {}

  /// A checkpoint as it is stored.
  ///
  /// @param sums of the [SetDigest] over all bases
  record Stored(long number, SetDigest sums, String signed) {}

  static Optional<Stored> last(Sql sql) {
    return sql.row(
        row ->
            new Stored(
                row.getLong("number"),
                new SetDigest(row.getBytes("sums")),
                row.getString("signed")),
        "SELECT number, sums, signed FROM checkpoints");
  }

  /// Whether there is one, whatever it holds.
  static boolean isThere(Sql sql) {
    return !sql.rows(row -> row.getLong("number"), "SELECT number FROM checkpoints").isEmpty();
  }

  /// Where the rows of each guard begin, in the order of their names; none of a guard whose rows are all there.
  static List<Chain> chains(Sql sql) {
    return sql
        .rows(Rows::chain, "SELECT guard, sequence, hash, judged_at FROM folded_chains")
        .stream()
        .sorted(Comparator.comparing(Chain::guard))
        .toList();
  }

  /// Puts a checkpoint in the place of the one with the number before.
  ///
  /// @return false if that one is not there: somebody else was at work
  static boolean replace(Sql sql, Stored next) {
    return 1
        == (next.number() == 1
            ? sql.change(
                """
                INSERT INTO checkpoints (only_one, number, sums, signed)
                VALUES (1, ?, ?, ?)
                ON CONFLICT DO NOTHING
                """,
                next.number(),
                next.sums().sums(),
                next.signed())
            : sql.change(
                "UPDATE checkpoints SET number = ?, sums = ?, signed = ? WHERE number = ?",
                next.number(),
                next.sums().sums(),
                next.signed(),
                next.number() - 1));
  }

  /// Has the rows of a guard begin there.
  static void begin(Sql sql, Chain chain) {
    sql.changeOne(
        """
        INSERT INTO folded_chains (guard, sequence, hash, judged_at)
        VALUES (?, ?, ?, ?)
        ON CONFLICT (guard) DO UPDATE
           SET sequence = excluded.sequence, hash = excluded.hash, judged_at = excluded.judged_at
        """,
        chain.guard(),
        chain.sequence(),
        chain.hash(),
        chain.at().toEpochMilli());
  }
}
