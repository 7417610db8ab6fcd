package karuta.database;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/// Applies a program's schema migrations with Flyway, each once and recorded in the database.
final class Migrations {
  private Migrations() {}

  static void apply(DataSource source, Tables tables) {
    try {
      flyway(source, tables).migrate();
    } catch (FlywayException e) {
      throw new DatabaseUnavailable(
          "the tables of the %s cannot be brought up to date: %s"
              .formatted(tables.name(), Database.reason(e)),
          e);
    }
  }

  /// Looks whether the tables are those of this program, and changes nothing.
  static void requireApplied(DataSource source, Tables tables) {
    try {
      var result = flyway(source, tables).validateWithResult();
      if (!result.validationSuccessful) {
        throw new DatabaseUnavailable(
            "its tables are not those of this program; give %s, as the role that owns them"
                .formatted(tables.command()));
      }
    } catch (FlywayException e) {
      throw new DatabaseUnavailable("its tables cannot be looked at: " + Database.reason(e), e);
    }
  }

  private static Flyway flyway(DataSource source, Tables tables) {
    return Flyway.configure()
        .dataSource(source)
        .locations("classpath:" + tables.migrations())
        .load();
  }
}
