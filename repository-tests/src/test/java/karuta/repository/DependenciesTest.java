package karuta.repository;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

/// `docs/dependencies.md` and the poms name the same things: libraries, plugins, and what runs inside the compiler.
class DependenciesTest {
  private static final Path PAGE = Path.of("docs/dependencies.md");
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| `([\\w.-]+:[\\w.-]+)` \\| (.+?) \\| (.+?) \\|$");
  private static final Set<String> LICENCES =
      Set.of(
          "Apache-2.0",
          "BSD-2-Clause",
          "BSD-3-Clause",
          "MIT",
          "Bouncy Castle (MIT)",
          "EPL-2.0, test only",
          "MPL-2.0, test only");
  private static final Set<String> ELEMENTS =
      Set.of("dependency", "plugin", "path", "jvmMavenPlugin", "additionalClasspathDependency");

  @Test
  void everyDirectDependencyAndPluginHasARowAndEveryRowIsUsed() {
    assertThat(rows().keySet()).containsExactlyInAnyOrderElementsOf(declared());
  }

  @Test
  void everyRowGivesAReasonAndALicenceThatGoesWithOurs() {
    var poor =
        rows().entrySet().stream()
            .filter(
                row ->
                    row.getValue().reason().length() < 20
                        || !LICENCES.contains(row.getValue().licence()))
            .toList();
    assertThat(poor).isEmpty();
  }

  private record Row(String reason, String licence) {}

  private static Map<String, Row> rows() {
    var rows = new TreeMap<String, Row>();
    ROW.matcher(Repository.text(PAGE).orElseThrow())
        .results()
        .forEach(
            found ->
                assertThat(rows.put(found.group(1), new Row(found.group(2), found.group(3))))
                    .as("one row for %s", found.group(1))
                    .isNull());
    return rows;
  }

  private static Set<String> declared() {
    var poms = Repository.named("pom.xml").toList();
    assertThat(poms).hasSizeGreaterThan(5);
    var names = new TreeSet<String>();
    for (var pom : poms) {
      names.addAll(declaredIn(pom));
    }
    names.removeIf(name -> name.startsWith("karuta:"));
    return names;
  }

  private static List<String> declaredIn(Path pom) {
    var all = parse(pom).getElementsByTagName("*");
    return java.util.stream.IntStream.range(0, all.getLength())
        .mapToObj(i -> (Element) all.item(i))
        .filter(element -> ELEMENTS.contains(element.getTagName()))
        .filter(element -> !child(element, "artifactId", "").isEmpty())
        .map(
            element ->
                child(element, "groupId", "org.apache.maven.plugins")
                    + ":"
                    + child(element, "artifactId", ""))
        .toList();
  }

  private static String child(Element element, String name, String otherwise) {
    for (var at = element.getFirstChild(); at != null; at = at.getNextSibling()) {
      if (at.getNodeName().equals(name)) {
        return at.getTextContent().strip();
      }
    }
    return otherwise;
  }

  private static Element parse(Path pom) {
    try {
      var factory = DocumentBuilderFactory.newInstance();
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      return factory
          .newDocumentBuilder()
          .parse(new ByteArrayInputStream(Repository.bytes(pom)))
          .getDocumentElement();
    } catch (Exception broken) {
      throw new IllegalStateException(pom + " is not XML", broken);
    }
  }
}
