package karuta.repository;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What the repository must not hold. Each rule is also tried on a line that breaks it, put together here so that this
/// file does not break it itself.
class HygieneTest {
  private static final Pattern REGISTRY =
      Pattern.compile(
          "https?://(repo|repo1|registry|deb|archive|mirror|mirrors|pypi|nexus|artifactory|proxy)\\d*\\.[a-z]"
              + "|<(pluginR|r)epository>|<mirrors?>|^registry *=|\"resolved\": *\"http",
          Pattern.MULTILINE);

  private static final Pattern HOME =
      Pattern.compile("(?<![\\w./$}])/(home/(?!linuxbrew/)|Users/|root/|work/)[A-Za-z0-9._-]+");

  private static final Pattern PRIVATE_KEY =
      Pattern.compile("-----BEGIN ([A-Z]+ )*PRIVATE KEY-----");

  /// A private key as a JWK (RFC 7518 section 6.2.2).
  private static final Pattern PRIVATE_JWK = Pattern.compile("\"d\" *: *\"[A-Za-z0-9_-]{20,}\"");

  /// Has one on purpose: published, so that integrators can sign vectors of their own, and said there to prove nothing.
  private static final Path VECTORS = Path.of("docs/vectors/receipts.json");

  private static final Pattern KEY_FILE =
      Pattern.compile(".*(\\.(p12|pfx|jks|keystore|key|pin)|/pin|/so-pin|\\.password)");

  /// The columns of a comment.
  private static final int WIDEST = 120;

  /// What a line with a comment looks like, by the names of files. Migrations are left out: Flyway's checksum of a
  /// migration covers its comments, and a database made by other bytes is refused.
  private static final Map<Pattern, Pattern> COMMENTS =
      Map.of(
          Pattern.compile(".*\\.(java|proto|js|mjs)"), Pattern.compile("^\\s*(/?\\*|//)|\\s// "),
          Pattern.compile(".*\\.(toml|sh|properties)|karuta|scripts/repeat"),
              Pattern.compile("(^|\\s)#"),
          Pattern.compile(".*\\.xml"), Pattern.compile("<!--"));

  @Test
  void namesNoRegistryHost() {
    assertThat(REGISTRY.matcher("https://" + "repo1.maven.org/x").find()).isTrue();
    assertThat(REGISTRY.matcher("<" + "mirror>").find()).isTrue();
    assertThat(offenders(REGISTRY)).isEmpty();
  }

  @Test
  void namesNoPlaceOfOneMachine() {
    assertThat(HOME.matcher("see /" + "home/hanako/karuta").find()).isTrue();
    assertThat(HOME.matcher("\"/" + "Users/hanako\"").find()).isTrue();
    assertThat(HOME.matcher("/home/linuxbrew/.linuxbrew").find()).isFalse();
    assertThat(offenders(HOME)).isEmpty();
  }

  @Test
  void holdsNoPrivateKey() {
    assertThat(PRIVATE_KEY.matcher("-----BEGIN EC " + "PRIVATE KEY-----").find()).isTrue();
    assertThat(offenders(PRIVATE_KEY)).isEmpty();
    assertThat(offenders(PRIVATE_JWK)).singleElement().asString().startsWith(VECTORS + ": ");
    assertThat(Repository.files()).noneMatch(file -> KEY_FILE.matcher("/" + file).matches());
  }

  @Test
  void holdsNoStateAndNothingBuilt() {
    assertThat(Repository.files())
        .noneMatch(
            file -> ("/" + file).matches(".*/(target|\\.karuta|tokens)/.*|.*\\.(class|jar|db)"));
  }

  @Test
  void textEndsWithOneLineEnd() {
    var sources =
        Stream.of(".java", ".md", ".xml", ".sh", ".sql", ".proto", ".toml")
            .flatMap(Repository::named);
    assertThat(sources.filter(file -> !Repository.text(file).orElse("").endsWith("\n"))).isEmpty();
  }

  @Test
  void noCommentIsWiderThanTheLimit() {
    assertThat(tooWide("x.java", "    /// " + "x".repeat(WIDEST - 7))).isTrue();
    assertThat(tooWide("x.java", "  * " + "x".repeat(WIDEST))).isTrue();
    assertThat(tooWide("x.sh", "x=1 # " + "x".repeat(WIDEST))).isTrue();
    assertThat(tooWide("x.xml", "  <!-- " + "x".repeat(WIDEST))).isTrue();
    assertThat(tooWide("x.java", "    /// " + "x".repeat(WIDEST - 8))).isFalse();
    assertThat(tooWide("x.sh", "x='" + "x".repeat(WIDEST))).isFalse();
    var wide =
        Repository.files().stream()
            .flatMap(
                file ->
                    Repository.text(file).stream()
                        .flatMap(String::lines)
                        .filter(line -> tooWide(file.toString(), line))
                        .map(line -> file + ": " + line.strip()));
    assertThat(wide).isEmpty();
  }

  private static boolean tooWide(String file, String line) {
    return line.codePointCount(0, line.length()) > WIDEST
        && COMMENTS.entrySet().stream()
            .filter(kind -> kind.getKey().matcher(file).matches())
            .anyMatch(kind -> kind.getValue().matcher(line).find());
  }

  private static List<String> offenders(Pattern pattern) {
    return Repository.files().stream().flatMap(file -> lines(file, pattern)).toList();
  }

  private static Stream<String> lines(Path file, Pattern pattern) {
    return Repository.text(file).stream()
        .flatMap(String::lines)
        .filter(line -> pattern.matcher(line).find())
        .map(line -> file + ": " + line.strip());
  }
}
