package karuta.database;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import karuta.database.DatabaseSettings.Password;
import karuta.settings.Field;
import karuta.settings.NamedFiles;
import karuta.settings.Section;
import karuta.settings.Table;

/// The section of a configuration that says where a program's state lies: a SQLite file unless a URL names a PostgreSQL
/// database.
///
/// @param files relative to the configuration
/// @param name one word for what is kept there, such as `store`, for messages
/// @param file name of the SQLite file if none is given, beside the configuration
/// @param connections most at once
public record DatabaseSection(
    NamedFiles files, String name, String file, Section<Integer> connections) {

  /// Reads the section's table.
  public Section<DatabaseSettings> read(Table table) {
    var patience = table.seconds("patience-seconds", 1, 60, 5);
    return table.has("url") ? postgresql(table, patience) : sqlite(table, patience);
  }

  private Section<DatabaseSettings> sqlite(Table table, Field<Duration> patience) {
    var path =
        table.text("file", given -> inExistingFolder(files.resolve(given)), files.resolve(file));
    for (var field : new String[] {"user", "password-file", "require-standby"}) {
      if (table.has(field)) {
        table.problem(field, "is for a %s with a url".formatted(name));
      }
    }
    return () ->
        new DatabaseSettings(
            "jdbc:sqlite:" + path.value(),
            "",
            new Password(""),
            connections.get(),
            patience.value(),
            false);
  }

  private Section<DatabaseSettings> postgresql(Table table, Field<Duration> patience) {
    var url = table.text("url", PostgresUrl::checked);
    var user = table.text("user");
    var password = table.text("password-file", path -> Password.in(files.resolve(path)));
    var standby = table.flag("require-standby", false);
    if (table.has("file")) {
      table.problem("file", "a %s has a file or a url, not both".formatted(name));
    }
    return () ->
        new DatabaseSettings(
            url.value(),
            user.value(),
            password.value(),
            connections.get(),
            patience.value(),
            standby.value());
  }

  private static Path inExistingFolder(Path file) {
    var folder = file.getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new IllegalArgumentException("its directory is not there: " + folder);
    }
    return file;
  }
}
