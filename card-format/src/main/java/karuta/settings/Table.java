package karuta.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlTable;

/// One table of a settings file. Asking for a field makes it known; a key nobody asked for is an error, so that a
/// misspelt name cannot pass for a default.
public final class Table {
  private final Settings settings;
  private final String name;
  private final TomlTable toml;
  private final Set<String> asked = new HashSet<>();

  Table(Settings settings, String name, TomlTable toml) {
    this.settings = settings;
    this.name = name;
    this.toml = toml;
    settings.opened(this);
  }

  /// A string that must be there and not be empty.
  public Field<String> text(String key) {
    return text(key, Function.<String>identity());
  }

  /// A string, or what it is when absent.
  public Field<String> text(String key, String absent) {
    return has(key) ? text(key) : field(absent);
  }

  /// A string that must be there and that `parser` accepts.
  ///
  /// @param parser throws [IllegalArgumentException] with a message that says what is accepted
  public <T> Field<T> text(String key, Function<String, T> parser) {
    return read(key, String.class, "a string", value -> parsed(key, value, parser));
  }

  /// A text that `parser` accepts, or what it is when absent.
  public <T> Field<T> text(String key, Function<String, T> parser, T absent) {
    return has(key) ? text(key, parser) : field(absent);
  }

  /// A text that may be absent.
  public Field<Optional<String>> optionalText(String key) {
    return has(key) ? text(key, Optional::of) : field(Optional.empty());
  }

  /// A file's path, relative to the settings file. Whether the file is there is for the caller to see.
  public Field<Path> path(String key) {
    return text(key, settings::resolve);
  }

  /// A file's path that may be absent.
  public Field<Optional<Path>> optionalPath(String key) {
    return has(key)
        ? text(key, value -> Optional.of(settings.resolve(value)))
        : field(Optional.empty());
  }

  /// An integer that must be there.
  public Field<Integer> number(String key, int least, int most) {
    return read(
        key,
        Long.class,
        "an integer",
        value -> {
          if (value < least || value > most) {
            problem(key, "must be from " + least + " to " + most);
            return null;
          }
          return value.intValue();
        });
  }

  /// An integer, or what it is when absent.
  public Field<Integer> number(String key, int least, int most, int absent) {
    return has(key) ? number(key, least, most) : field(absent);
  }

  /// A time span in whole seconds, or what it is when absent.
  public Field<Duration> seconds(String key, int least, int most, int absent) {
    var seconds = number(key, least, most, absent);
    return new Field<>(
        settings, seconds.peek() == null ? null : Duration.ofSeconds(seconds.peek()));
  }

  /// True or false, or what it is when absent.
  public Field<Boolean> flag(String key, boolean absent) {
    return has(key)
        ? read(key, Boolean.class, "a boolean (true or false)", value -> value)
        : field(absent);
  }

  /// A list of strings that `parser` accepts; empty when absent.
  public <T> Field<List<T>> strings(String key, Function<String, T> parser) {
    if (!has(key)) {
      return field(List.of());
    }
    return read(
        key,
        TomlArray.class,
        "a list of strings",
        array -> {
          var values = new ArrayList<T>();
          for (var entry : array.toList()) {
            var value = entry instanceof String text ? parsed(key, text, parser) : null;
            if (value == null) {
              if (!(entry instanceof String)) {
                problem(key, "must be a list of strings");
              }
              return null;
            }
            values.add(value);
          }
          return List.copyOf(values);
        });
  }

  /// A table that must be there. If it is not, that is one problem, and each of its required fields another.
  public Table table(String key) {
    var found = read(key, TomlTable.class, "a table [" + full(key) + "]", value -> value).peek();
    return new Table(settings, full(key), found == null ? Toml.parse("") : found);
  }

  /// A table whose fields all have values when absent.
  public Table optionalTable(String key) {
    return has(key) ? table(key) : new Table(settings, full(key), Toml.parse(""));
  }

  /// The tables of `[[key]]`, in order; none when absent.
  public List<Table> tables(String key) {
    if (!has(key)) {
      return List.of();
    }
    var array = read(key, TomlArray.class, "tables [[" + full(key) + "]]", value -> value).peek();
    var found = new ArrayList<Table>();
    for (var i = 0; array != null && i < array.size(); i++) {
      if (array.get(i) instanceof TomlTable entry) {
        found.add(new Table(settings, full(key) + "[" + (i + 1) + "]", entry));
      } else {
        problem(key, "must be tables [[" + full(key) + "]]");
      }
    }
    return found;
  }

  /// Whether the key is there; it counts as known from now on.
  public boolean has(String key) {
    asked.add(key);
    return toml.contains(List.of(key));
  }

  /// Adds a problem of the caller's finding, for example a file that is not there.
  public void problem(String key, String text) {
    var position = toml.inputPositionOf(List.of(key));
    if (position == null) {
      settings.problem(full(key), text);
    } else {
      settings.problem(position, full(key), text);
    }
  }

  void reportUnknownKeys() {
    for (var key : toml.keySet()) {
      if (!asked.contains(key)) {
        problem(key, "unknown; is the name misspelt?");
      }
    }
  }

  private <V, T> Field<T> read(
      String key, Class<V> type, String shape, Function<V, @Nullable T> convert) {
    if (!has(key)) {
      problem(key, "missing; it must be " + shape);
      return new Field<>(settings, null);
    }
    var value = toml.get(List.of(key));
    if (!type.isInstance(value)) {
      problem(key, "must be " + shape);
      return new Field<>(settings, null);
    }
    return new Field<>(settings, convert.apply(type.cast(value)));
  }

  private <T> @Nullable T parsed(String key, String value, Function<String, T> parser) {
    if (value.isBlank()) {
      problem(key, "is empty");
      return null;
    }
    try {
      return parser.apply(value);
    } catch (IllegalArgumentException e) {
      problem(key, e.getMessage() == null ? "is not accepted" : e.getMessage());
      return null;
    }
  }

  private <T> Field<T> field(T value) {
    return new Field<>(settings, value);
  }

  private String full(String key) {
    return name.isEmpty() ? key : name + "." + key;
  }
}
