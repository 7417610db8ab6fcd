package karuta.server.store;

import java.sql.SQLException;
import java.util.List;

/// Looks whether a PostgreSQL database has the tables of a store in another schema than the one a migration would fill: a URL that names the
/// wrong schema, or none, would else get a second, empty store, in which no card is known and no draw was ever asked.
final class OtherTables {
  private OtherTables() {}

  /// @throws StoreUnavailable naming the schemas, if this one has no tables and others have
  static void requireNone(StoreSettings settings) {
    try (var connection = PostgresSource.forMigration(settings).getConnection()) {
      var others = schemas(new Sql(connection));
      if (!others.isEmpty()) {
        throw new StoreUnavailable(
            "its schema has no tables of Karuta, but %s has; name that one as currentSchema in store.url, or give --new for another store"
                .formatted(String.join(", ", others)));
      }
    } catch (SQLException e) {
      throw new StoreUnavailable(
          "the database at " + settings.place() + " cannot be used: " + Database.reason(e), e);
    } catch (Sql.Fault fault) {
      throw new StoreUnavailable("its schemas cannot be looked at", fault);
    }
  }

  /// The catalog shows them to every role, whatever it may read of them.
  private static List<String> schemas(Sql sql) {
    return sql.rows(
        row -> row.getString("name"),
        """
        SELECT schemas.nspname AS name
          FROM pg_class tables
          JOIN pg_namespace schemas ON schemas.oid = tables.relnamespace
         WHERE tables.relkind IN ('r', 'p')
           AND tables.relname IN ('card_states', 'verdicts', 'audit')
           AND schemas.nspname IS DISTINCT FROM current_schema()
           AND NOT EXISTS (SELECT 1
                             FROM pg_class own
                             JOIN pg_namespace here ON here.oid = own.relnamespace
                            WHERE here.nspname = current_schema()
                              AND own.relname = 'flyway_schema_history')
         GROUP BY schemas.nspname
        HAVING count(*) = 3
         ORDER BY schemas.nspname
        """);
  }
}
