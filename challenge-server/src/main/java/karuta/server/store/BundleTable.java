package karuta.server.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import karuta.database.Sql;

/// The bundles that were imported, in their sequence.
public final class BundleTable {
  private static final String SELECT =
      """
      SELECT token, sequence, digest, batch, cards, done
        FROM bundles
      """;

  private final Sql sql;

  BundleTable(Sql sql) {
    this.sql = sql;
  }

  /// The bundle with the highest number for a token.
  public Optional<BundleRow> last(String token) {
    return sql.row(
        BundleTable::read, SELECT + "WHERE token = ? ORDER BY sequence DESC LIMIT 1", token);
  }

  public Optional<BundleRow> find(String token, long sequence) {
    return sql.row(BundleTable::read, SELECT + "WHERE token = ? AND sequence = ?", token, sequence);
  }

  /// Begins an import; false if another has begun it.
  public boolean begin(BundleRow bundle, Instant at) {
    return sql.change(
            """
            INSERT INTO bundles (token, sequence, digest, batch, cards, done, started_at, finished_at)
            VALUES (?, ?, ?, ?, ?, 0, ?, 0)
            ON CONFLICT DO NOTHING
            """,
            bundle.token(),
            bundle.sequence(),
            bundle.digest(),
            bundle.batch(),
            bundle.cards(),
            at.toEpochMilli())
        == 1;
  }

  /// Counts a chunk as done, if nobody else has done it; false if somebody has.
  public boolean advance(BundleRow bundle, long from, long to, Instant at) {
    return sql.change(
            """
            UPDATE bundles
               SET done = ?, finished_at = CASE WHEN cards = ? THEN ? ELSE 0 END
             WHERE token = ? AND sequence = ? AND digest = ? AND done = ?
            """,
            to,
            to,
            at.toEpochMilli(),
            bundle.token(),
            bundle.sequence(),
            bundle.digest(),
            from)
        == 1;
  }

  private static BundleRow read(ResultSet row) throws SQLException {
    return new BundleRow(
        row.getString("token"),
        row.getLong("sequence"),
        row.getString("digest"),
        row.getString("batch"),
        row.getLong("cards"),
        row.getLong("done"));
  }
}
