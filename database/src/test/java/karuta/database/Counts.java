package karuta.database;

/// Tables for tests that are about the database alone: one of one row, with a number.
final class Counts {
  static final Tables TABLES =
      new Tables(
          "karuta/database/migration",
          "tally",
          "karuta tally migrate",
          java.util.List.of("counts"));

  private Counts() {}
}
