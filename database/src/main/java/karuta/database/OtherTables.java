package karuta.database;

import java.sql.SQLException;
import java.util.List;

/// Looks whether a PostgreSQL database has the tables of a program in another schema than the one a migration would
/// fill: a URL that names the wrong schema, or none, would else get second, empty tables, in which no card is known and
/// no draw was ever asked.
final class OtherTables {
  private OtherTables() {}

  /// @throws DatabaseUnavailable naming the schemas, if this one has no tables and others have
  static void requireNone(DatabaseSettings settings, Tables tables) {
    try (var connection = PostgresSource.forMigration(settings).getConnection()) {
      var others = schemas(new Sql(connection), tables.marks());
      if (!others.isEmpty()) {
        throw new DatabaseUnavailable(
            "its schema has no tables of Karuta, but %s has; name that one as currentSchema in the url of the %s, or give --new for another"
                .formatted(String.join(", ", others), tables.name()));
      }
    } catch (SQLException e) {
      throw new DatabaseUnavailable(
          "the database at " + settings.place() + " cannot be used: " + Database.reason(e), e);
    } catch (Sql.Fault fault) {
      throw new DatabaseUnavailable("its schemas cannot be looked at", fault);
    }
  }

  /// The catalog shows them to every role, whatever it may read of them.
  private static List<String> schemas(Sql sql, List<String> marks) {
    return sql.rows(
        row -> row.getString("name"),
        """
        SELECT schemas.nspname AS name
          FROM pg_class tables
          JOIN pg_namespace schemas ON schemas.oid = tables.relnamespace
         WHERE tables.relkind IN ('r', 'p')
           AND tables.relname = ANY (string_to_array(?, ' '))
           AND schemas.nspname IS DISTINCT FROM current_schema()
           AND NOT EXISTS (SELECT 1
                             FROM pg_class own
                             JOIN pg_namespace here ON here.oid = own.relnamespace
                            WHERE here.nspname = current_schema()
                              AND own.relname = 'flyway_schema_history')
         GROUP BY schemas.nspname
        HAVING count(*) = ?
         ORDER BY schemas.nspname
        """,
        String.join(" ", marks),
        marks.size());
  }
}
