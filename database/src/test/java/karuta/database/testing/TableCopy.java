package karuta.database.testing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import karuta.database.Database;
import karuta.database.Sql;

/// All that some tables hold, to be put back later: an old backup.
public final class TableCopy {
  private final SequencedMap<String, List<List<Object>>> rows = new LinkedHashMap<>();

  private TableCopy() {}

  /// Copies.
  ///
  /// @param tables in an order in which they can be filled
  public static TableCopy of(Database database, List<String> tables) {
    return database.reading(
        sql -> {
          var copy = new TableCopy();
          tables.forEach(table -> copy.rows.put(table, rows(sql, table)));
          return copy;
        });
  }

  private static List<List<Object>> rows(Sql sql, String table) {
    return sql.rows(
        row -> {
          var values = new ArrayList<Object>();
          for (var i = 1; i <= row.getMetaData().getColumnCount(); i++) {
            values.add(row.getObject(i));
          }
          return values;
        },
        "SELECT * FROM " + table);
  }

  /// Puts it back in the place of what is there now, whoever works on it.
  public void putBack(Database database) {
    database.change(
        sql -> {
          rows.sequencedKeySet().reversed().forEach(table -> sql.change("DELETE FROM " + table));
          rows.forEach((table, values) -> values.forEach(row -> insert(sql, table, row)));
          return rows;
        });
  }

  private static void insert(Sql sql, String table, List<Object> row) {
    var places = String.join(", ", row.stream().map(_ -> "?").toList());
    sql.changeOne("INSERT INTO %s VALUES (%s)".formatted(table, places), row.toArray());
  }
}
