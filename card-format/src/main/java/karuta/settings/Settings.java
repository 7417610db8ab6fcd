package karuta.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.tomlj.Toml;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/// A settings file being read: its tables hand out fields, [#check] says all that is wrong at once.
///
/// ```java
/// var settings = Settings.read(file);
/// var server = settings.root().table("server");
/// var host = server.text("host", "127.0.0.1");
/// var port = server.number("port", 1, 65535);
/// settings.check();
/// return new Address(host.value(), port.value());
/// ```
public final class Settings {
  private final Path file;
  private final Table root;
  private final List<Table> tables = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();
  private boolean checked;

  private Settings(Path file, TomlTable toml) {
    this.file = file;
    this.root = new Table(this, "", toml);
  }

  /// Opens and parses a file.
  ///
  /// @throws SettingsInvalid if it is absent, unreadable or not TOML
  public static Settings read(Path file) {
    try {
      var parsed = Toml.parse(Files.readString(file));
      if (parsed.hasErrors()) {
        throw new SettingsInvalid(
            parsed.errors().stream()
                .map(e -> file + ":" + e.position().line() + ": not valid TOML, see this line")
                .distinct()
                .toList());
      }
      return new Settings(file, parsed);
    } catch (NoSuchFileException e) {
      throw new SettingsInvalid(List.of(file + ": no such file"));
    } catch (IOException e) {
      throw new SettingsInvalid(
          List.of(file + ": cannot be read: " + e.getClass().getSimpleName()));
    }
  }

  /// The table everything else lies in.
  public Table root() {
    return root;
  }

  /// Ends reading.
  ///
  /// @throws SettingsInvalid naming every missing, wrong and unknown field
  public void check() {
    tables.forEach(Table::reportUnknownKeys);
    if (!problems.isEmpty()) {
      throw new SettingsInvalid(problems);
    }
    checked = true;
  }

  boolean checked() {
    return checked;
  }

  void opened(Table table) {
    tables.add(table);
  }

  void problem(TomlPosition position, String field, String text) {
    problems.add(file + ":" + position.line() + ": " + field + ": " + text);
  }

  void problem(String field, String text) {
    problems.add(file + ": " + field + ": " + text);
  }

  /// Paths in a settings file are relative to the file, not to where the program was started.
  Path resolve(String path) {
    var folder = file.toAbsolutePath().getParent();
    return folder == null ? Path.of(path) : folder.resolve(path).normalize();
  }
}
