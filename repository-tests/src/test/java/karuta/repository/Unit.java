package karuta.repository;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A unit of systemd as its file says it, without regard to sections: no key of ours stands in two.
final class Unit {
  private final Map<String, List<String>> settings = new LinkedHashMap<>();

  /// Reads a file of `deploy/systemd`.
  static Unit of(String name) {
    var unit = new Unit();
    Repository.text(Path.of("deploy", "systemd", name)).orElseThrow().lines().forEach(unit::read);
    return unit;
  }

  private void read(String line) {
    var equals = line.indexOf('=');
    if (equals > 0 && !line.startsWith("#")) {
      settings
          .computeIfAbsent(line.substring(0, equals), _ -> new ArrayList<>())
          .add(line.substring(equals + 1));
    }
  }

  /// What a key is set to, once for each time it is; nothing if it is not.
  List<String> all(String key) {
    return settings.getOrDefault(key, List.of());
  }

  /// What a key is set to that stands there once.
  String one(String key) {
    var values = all(key);
    if (values.size() != 1) {
      throw new AssertionError(key + " stands there " + values.size() + " times");
    }
    return values.getFirst();
  }
}
