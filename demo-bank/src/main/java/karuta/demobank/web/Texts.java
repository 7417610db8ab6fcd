package karuta.demobank.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;

/// The page texts in both languages. A key that is missing is an error, never a hole in a page.
final class Texts {
  /// The languages of the pages; the first is the default.
  static final List<String> LANGUAGES = List.of("ja", "en");

  private final Map<String, Properties> catalogues;

  Texts() {
    this.catalogues = Map.of("ja", load("ja"), "en", load("en"));
  }

  /// The text of `key`, with `{0}`, `{1}`, ... replaced by the arguments.
  String text(String language, String key, Object... arguments) {
    var text = Objects.requireNonNull(catalogues.get(language)).getProperty(key);
    if (text == null) {
      throw new IllegalArgumentException("no text '" + key + "' in " + language);
    }
    for (var i = 0; i < arguments.length; i++) {
      text = text.replace("{" + i + "}", String.valueOf(arguments[i]));
    }
    return text;
  }

  /// Whether there is such a text.
  boolean has(String language, String key) {
    return Objects.requireNonNull(catalogues.get(language)).containsKey(key);
  }

  static Properties load(String language) {
    var properties = new Properties();
    try (var in =
            Texts.class.getResourceAsStream("/karuta/demobank/texts_" + language + ".properties");
        var reader = new InputStreamReader(Objects.requireNonNull(in), UTF_8)) {
      properties.load(reader);
      return properties;
    } catch (IOException e) {
      throw new UncheckedIOException("the texts cannot be read", e);
    }
  }
}
