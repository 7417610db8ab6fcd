package karuta.server.store;

import java.util.List;
import karuta.database.Sql;
import karuta.guard.client.ChainHead;

/// The highest place seen in the chain of each guard: what a guard whose journal was put back lacks.
public final class GuardHeadTable {
  private final Sql sql;

  GuardHeadTable(Sql sql) {
    this.sql = sql;
  }

  /// All of them.
  public List<ChainHead> all() {
    return sql.rows(
        row ->
            new ChainHead(row.getString("guard"), row.getLong("sequence"), row.getString("hash")),
        "SELECT guard, sequence, hash FROM guard_heads ORDER BY guard");
  }

  /// Remembers those that are higher.
  public boolean remember(List<ChainHead> heads) {
    var changed = false;
    for (var head : heads) {
      changed |=
          sql.change(
                  """
                  INSERT INTO guard_heads (guard, sequence, hash)
                  VALUES (?, ?, ?)
                  ON CONFLICT (guard) DO UPDATE SET sequence = excluded.sequence, hash = excluded.hash
                   WHERE guard_heads.sequence < excluded.sequence
                  """,
                  head.guard(),
                  head.sequence(),
                  head.hash())
              == 1;
    }
    return changed;
  }
}
