package karuta.server.api.openapi;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.List;
import java.util.Map;

/// Writes maps, lists, strings, numbers and booleans as YAML 1.2: block style, every string in double quotes, which
/// YAML reads as JSON does.
public final class Yaml {
  private final StringBuilder text = new StringBuilder();

  private Yaml() {}

  /// The document, a line feed at its end.
  public static String write(Map<String, ?> document) {
    var yaml = new Yaml();
    yaml.map(document, 0);
    return yaml.text.toString();
  }

  private void map(Map<?, ?> map, int depth) {
    map.forEach(
        (key, value) -> {
          indent(depth).append(quoted(key.toString())).append(":");
          value(value, depth + 1);
        });
  }

  private void value(Object value, int depth) {
    switch (value) {
      case Map<?, ?> map when map.isEmpty() -> text.append(" {}\n");
      case List<?> list when list.isEmpty() -> text.append(" []\n");
      case Map<?, ?> map -> {
        text.append('\n');
        map(map, depth);
      }
      case List<?> list -> {
        text.append('\n');
        for (var item : list) {
          indent(depth).append("-");
          value(item, depth + 1);
        }
      }
      case Number number -> text.append(' ').append(number).append('\n');
      case Boolean bool -> text.append(' ').append(bool).append('\n');
      default -> text.append(' ').append(quoted(value.toString())).append('\n');
    }
  }

  private StringBuilder indent(int depth) {
    return text.repeat("  ", depth);
  }

  private static String quoted(String value) {
    return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(value)) + '"';
  }
}
