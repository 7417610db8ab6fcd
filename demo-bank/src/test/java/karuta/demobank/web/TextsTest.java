package karuta.demobank.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class TextsTest {
  private static final Pattern USED = Pattern.compile("\\bt\\(\"([a-z0-9.-]+)\"[,)]");

  @Test
  void bothLanguagesHaveTheSameKeys() {
    assertThat(new TreeSet<>(Texts.load("en").stringPropertyNames()))
        .isEqualTo(new TreeSet<>(Texts.load("ja").stringPropertyNames()));
  }

  @Test
  void bothLanguagesTakeTheSameArguments() {
    var en = Texts.load("en");
    Texts.load("ja")
        .forEach(
            (key, text) ->
                assertThat(places((String) text))
                    .as((String) key)
                    .isEqualTo(places(en.getProperty((String) key))));
  }

  @Test
  void noTextIsEmpty() {
    Texts.LANGUAGES.forEach(
        language ->
            assertThat(Texts.load(language).values()).noneMatch(text -> text.toString().isBlank()));
  }

  @Test
  void everyTextATemplateNamesExists() throws IOException {
    var known = Texts.load("ja").stringPropertyNames();
    try (var pages = Files.list(Path.of("src/main/resources/karuta/demobank/pages"))) {
      for (var page : pages.toList()) {
        var used =
            USED.matcher(Files.readString(page)).results().map(found -> found.group(1)).toList();
        assertThat(known).as(page.toString()).containsAll(used);
      }
    }
  }

  private static String places(String text) {
    return Pattern.compile("\\{[0-9]}")
        .matcher(text)
        .results()
        .map(found -> found.group())
        .sorted()
        .collect(Collectors.joining());
  }
}
