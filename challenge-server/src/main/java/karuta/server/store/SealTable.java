package karuta.server.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import karuta.database.Sql;

/// The seals of the audit, in their order.
public final class SealTable {
  private static final String SELECT =
      """
      SELECT number, last_id, seal
        FROM audit_seals
      """;

  private final Sql sql;

  SealTable(Sql sql) {
    this.sql = sql;
  }

  public Optional<SealRow> last() {
    return sql.row(SealTable::read, SELECT + "ORDER BY number DESC LIMIT 1");
  }

  /// Adds a seal; false if another server has added one with this number.
  public boolean add(SealRow seal) {
    return sql.change(
            """
            INSERT INTO audit_seals (number, last_id, seal)
            VALUES (?, ?, ?)
            ON CONFLICT DO NOTHING
            """,
            seal.number(),
            seal.lastId(),
            seal.seal())
        == 1;
  }

  /// Seals with a higher number, in order.
  public List<SealRow> after(long number, int limit) {
    return sql.rows(
        SealTable::read, SELECT + "WHERE number > ? ORDER BY number LIMIT ?", number, limit);
  }

  private static SealRow read(ResultSet row) throws SQLException {
    return new SealRow(row.getLong("number"), row.getString("last_id"), row.getString("seal"));
  }
}
