package karuta.repository;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `scripts/repeat`: what needs nothing built.
class RepeatTest {
  private static final Path ROOT = Repository.directory();
  private static final String SCRIPT = ROOT.resolve("scripts/repeat").toString();
  private static final Pattern SUREFIRE =
      Pattern.compile("(?s)<artifactId>maven-surefire-plugin</artifactId>(.*?)</plugin>");

  private static final Pattern ARG_LINE = Pattern.compile("(?s)<argLine>(.*?)</argLine>");

  /// What every module has first, then options without a blank in them, and only the module's directory to be put in.
  private static final String KNOWN_OPTIONS =
      "\\$\\{test\\.jvm}( (\\$\\{project\\.basedir}|[^ $])+)*";

  @TempDir private Path dir;

  @Test
  void helpTeaches() {
    var help = Commands.run(ROOT, SCRIPT, "--help");
    assertThat(help.code()).isZero();
    assertThat(help.out())
        .contains("scripts/repeat -n 50 repository-tests:ProcessesTest", "exit codes");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-n smoke", "-n 0 smoke", "--times 3 smoke", "castle:Tests"})
  void whatItCannotDoIsAUsageErrorBeforeAnythingIsBuilt(String arguments) {
    var ended = Commands.run(ROOT, "bash", "-c", "exec '" + SCRIPT + "' " + arguments);
    assertThat(ended.code()).as(ended.err()).isEqualTo(2);
    assertThat(ended.err()).startsWith("repeat: ");
  }

  /// It starts the tests without Maven, so what Maven would give them is read from the poms: these two elements.
  @Test
  void thePomsAskOfTheTestsJvmWhatItKnowsOf() {
    var poms = Repository.named("pom.xml").map(pom -> Repository.text(pom).orElseThrow()).toList();
    var settings =
        poms.stream()
            .flatMap(pom -> SUREFIRE.matcher(pom).results())
            .flatMap(found -> elements(found.group(1)))
            .distinct()
            .toList();
    assertThat(settings)
        .containsExactlyInAnyOrder(
            "version",
            "configuration",
            "argLine",
            "trimStackTrace",
            // how many JVMs there are, and which class comes first
            "forkCount",
            "runOrder",
            "systemPropertyVariables",
            "java.util.logging.config.file");
    assertThat(poms.stream().flatMap(pom -> ARG_LINE.matcher(pom).results()))
        .isNotEmpty()
        .allSatisfy(found -> assertThat(found.group(1)).matches(KNOWN_OPTIONS));
  }

  @Test
  void theJvmGetsThePomsOptions() throws IOException {
    Files.writeString(dir.resolve("pom.xml"), "<test.jvm>--all -D1=2</test.jvm>\n");
    Files.writeString(
        Files.createDirectory(dir.resolve("plain")).resolve("pom.xml"), "<project/>\n");
    Files.writeString(
        Files.createDirectory(dir.resolve("own")).resolve("pom.xml"),
        """
          <argLine>${test.jvm} -Xown -Dfile=${project.basedir}/a</argLine>
          <systemPropertyVariables>
            <log.file>${project.basedir}/b</log.file>
            <name>value</name>
          </systemPropertyVariables>
        """);
    assertThat(jvm("plain")).containsExactly("--all", "-D1=2");
    assertThat(jvm("own"))
        .containsExactly(
            "--all",
            "-D1=2",
            "-Xown",
            "-Dfile=" + dir + "/own/a",
            "-Dlog.file=" + dir + "/own/b",
            "-Dname=value");
  }

  private List<String> jvm(String module) {
    var script = ". '" + SCRIPT + "'; REPO=$1; test_jvm \"$2\"";
    return Commands.run(ROOT, "bash", "-c", script, "bash", dir.toString(), module)
        .out()
        .lines()
        .toList();
  }

  @Test
  void ofARedRunTheFailedTestsAreShownWithTheirTraces() throws IOException {
    var console =
        """
        JUnit Jupiter > A > good() :: SUCCESSFUL
        JUnit Jupiter > A > bad() :: FAILED
        \tjava.lang.Error: why
        \t\tat A.bad(A.java:1)
        JUnit Jupiter > A > next() :: STARTED
        noise
        """;
    var maven =
        """
        [INFO] Running A
        [ERROR] A.bad -- Time elapsed: 0.1 s <<< FAILURE!
        java.lang.Error: why
        [INFO] Results:
        """;
    assertThat(failures(console))
        .isEqualTo(
            "    JUnit Jupiter > A > bad() :: FAILED\n    \tjava.lang.Error: why\n    \t\tat A.bad(A.java:1)\n");
    assertThat(failures(maven))
        .isEqualTo(
            "    [ERROR] A.bad -- Time elapsed: 0.1 s <<< FAILURE!\n    java.lang.Error: why\n");
    assertThat(failures("# A fatal error has been detected\n"))
        .as("the end of the log when no test was seen to fail")
        .isEqualTo("    # A fatal error has been detected\n");
  }

  private String failures(String log) throws IOException {
    var file = Files.writeString(dir.resolve("log"), log);
    var script = ". '" + SCRIPT + "'; failures \"$1\"";
    return Commands.run(ROOT, "bash", "-c", script, "bash", file.toString()).out();
  }

  private static Stream<String> elements(String xml) {
    return Pattern.compile("<([\\w.]+)>").matcher(xml).results().map(found -> found.group(1));
  }
}
