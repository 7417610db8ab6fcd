package karuta.repository;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Every link inside the documents leads somewhere: to a file of the repository, and to a heading of it.
class LinksTest {
  private static final Pattern LINK = Pattern.compile("\\[[^\\]]*\\]\\(([^)\\s]+)\\)");
  private static final Pattern CODE = Pattern.compile("(?s)```.*?```|`[^`\n]*`");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ +(.*)$");

  @Test
  void everyLinkResolves() {
    var broken = Repository.named(".md").flatMap(LinksTest::broken).toList();
    assertThat(broken).isEmpty();
  }

  @Test
  void aLinkThatLeadsNowhereIsFound() {
    var readme = Path.of("README.md");
    assertThat(brokenIn(readme, "[a](docs/no-such-file.md)")).hasSize(1);
    assertThat(brokenIn(readme, "[a](docs/dependencies.md#no-such-heading)")).hasSize(1);
    assertThat(brokenIn(readme, "[a](docs/dependencies.md) `[x](none)` [b](https://example.org)"))
        .isEmpty();
  }

  @Test
  void thereAreLinksToTry() {
    assertThat(LINK.matcher(Repository.text(Path.of("README.md")).orElseThrow()).results())
        .isNotEmpty();
  }

  private static Stream<String> broken(Path file) {
    return brokenIn(file, Repository.text(file).orElseThrow()).stream();
  }

  private static List<String> brokenIn(Path file, String text) {
    return LINK.matcher(CODE.matcher(text).replaceAll(""))
        .results()
        .map(found -> found.group(1))
        .filter(target -> !target.matches("[a-z]+:.*"))
        .filter(target -> !resolves(file, target))
        .map(target -> file + " -> " + target)
        .toList();
  }

  private static boolean resolves(Path file, String target) {
    var parts = target.split("#", 2);
    var from = Optional.ofNullable(file.getParent()).orElse(Path.of(""));
    var to = parts[0].isEmpty() ? file : from.resolve(parts[0]).normalize();
    if (!Files.exists(Repository.directory().resolve(to)) || to.startsWith("..")) {
      return false;
    }
    return parts.length == 1 || anchors(to).contains(parts[1]);
  }

  private static List<String> anchors(Path file) {
    return HEADING
        .matcher(Repository.text(file).orElseThrow())
        .results()
        .map(found -> anchor(found.group(1)))
        .toList();
  }

  private static String anchor(String heading) {
    return heading
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^\\p{L}\\p{N} _-]", "")
        .strip()
        .replace(' ', '-');
  }
}
