package karuta.guard.journal;

import java.time.Instant;
import java.util.List;
import karuta.database.Sql;
import karuta.guard.client.ChainHead;

/// The head of one guard's chain. Its time never goes back, whatever its clock does.
///
/// @param sequence 0 before the first
/// @param hash empty before the first
/// @param at when the last row was recorded; 1970 before the first
public record Chain(String guard, long sequence, String hash, Instant at) {
  /// The guard's chain, begun if it was not there; held until the transaction ends, so that two guards of one name do
  /// not write side by side.
  public static Chain hold(Sql sql, String guard) {
    return sql.row(
            row ->
                new Chain(
                    guard,
                    row.getLong("sequence"),
                    row.getString("hash"),
                    Instant.ofEpochMilli(row.getLong("judged_at"))),
            """
            INSERT INTO guards (guard, sequence, hash, judged_at)
            VALUES (?, 0, '', 0)
            ON CONFLICT (guard) DO UPDATE SET sequence = guards.sequence
            RETURNING sequence, hash, judged_at
            """,
            guard)
        .orElseThrow();
  }

  /// The head of every chain that has one.
  public static List<ChainHead> heads(Sql sql) {
    return sql.rows(
        row ->
            new ChainHead(row.getString("guard"), row.getLong("sequence"), row.getString("hash")),
        "SELECT guard, sequence, hash FROM guards WHERE sequence > 0 ORDER BY guard");
  }

  /// With this row at its end.
  public Chain with(Row row) {
    var judgement = row.judgement();
    return new Chain(guard, judgement.sequence(), judgement.head().hash(), judgement.at());
  }

  /// Writes it over the head it was made from.
  public void write(Sql sql, Chain before) {
    sql.changeOne(
        """
        UPDATE guards
           SET sequence = ?, hash = ?, judged_at = ?
         WHERE guard = ? AND sequence = ? AND hash = ?
        """,
        sequence,
        hash,
        at.toEpochMilli(),
        guard,
        before.sequence(),
        before.hash());
  }
}
