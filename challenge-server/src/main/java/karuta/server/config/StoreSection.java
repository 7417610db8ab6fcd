package karuta.server.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import karuta.server.config.ServerConfigReader.Section;
import karuta.server.store.PostgresUrl;
import karuta.server.store.StoreSettings;
import karuta.server.store.StoreSettings.Password;
import karuta.settings.Field;
import karuta.settings.Table;

/// `[store]`: a SQLite file unless a URL names a PostgreSQL database.
final class StoreSection {
  private StoreSection() {}

  /// For the server's own checks beside the lanes.
  private static final int SPARE = 2;

  /// @param lanes each of their threads may hold a connection, so that answers which wait for a token leave the others theirs
  static Section<StoreSettings> read(
      Table table, NamedFiles files, Section<ServerConfig.Lanes> lanes) {
    Section<Integer> connections =
        () -> lanes.get().tokenThreads() + lanes.get().storeThreads() + SPARE;
    var patience = table.seconds("patience-seconds", 1, 60, 5);
    return table.has("url")
        ? postgresql(table, files, connections, patience)
        : sqlite(table, files, connections, patience);
  }

  private static Section<StoreSettings> sqlite(
      Table table, NamedFiles files, Section<Integer> connections, Field<Duration> patience) {
    var file =
        table.text(
            "file", path -> inExistingFolder(files.resolve(path)), files.resolve("karuta.db"));
    for (var field : new String[] {"user", "password-file", "require-standby"}) {
      if (table.has(field)) {
        table.problem(field, "is for a store with a url");
      }
    }
    return () ->
        new StoreSettings(
            "jdbc:sqlite:" + file.value(),
            "",
            new Password(""),
            connections.get(),
            patience.value(),
            false);
  }

  private static Section<StoreSettings> postgresql(
      Table table, NamedFiles files, Section<Integer> connections, Field<Duration> patience) {
    var url = table.text("url", PostgresUrl::checked);
    var user = table.text("user");
    var password = table.text("password-file", path -> password(files.secret(path)));
    var standby = table.flag("require-standby", false);
    if (table.has("file")) {
      table.problem("file", "a store has a file or a url, not both");
    }
    return () ->
        new StoreSettings(
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

  private static Password password(Path file) {
    try {
      return new Password(Files.readString(file).stripTrailing());
    } catch (IOException _) {
      throw new IllegalArgumentException("cannot be read: " + file);
    }
  }
}
