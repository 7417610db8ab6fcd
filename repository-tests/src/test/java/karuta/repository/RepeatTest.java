package karuta.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

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

/// `scripts/repeat`: all but the tests it repeats.
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
        .contains("scripts/repeat -n 50 demo:LeashTest", "Exit codes")
        .doesNotContain("shellcheck", "usr/bin");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-n smoke", "-n 0 smoke", "--times 3 smoke", "castle:Tests", "a b"})
  void whatItCannotDoIsAUsageError(String arguments) {
    var words = (ROOT + " " + arguments).split(" ", -1);
    assertThat(Repeat.commandLine().execute(words)).isEqualTo(2);
  }

  @Test
  void aTargetIsReadAndSaidAlike() {
    for (var text : List.of("smoke", "all", "a:B", "a-b:*Race*", "a:B#c", "a:x.B#*c", "a:B$C#d")) {
      assertThat(Target.parse(text)).hasToString(text);
    }
    for (var text : List.of("", ":B", "a:B#", "a b", "a/b", "a:B#c d")) {
      assertThatIllegalArgumentException().as(text).isThrownBy(() -> Target.parse(text));
    }
  }

  @Test
  void aTargetsClassesAreThoseSurefireTakes() throws IOException {
    Files.createDirectories(dir.resolve("m/target"));
    Files.writeString(dir.resolve("pom.xml"), "<test.jvm>--all</test.jvm>");
    Files.writeString(dir.resolve("m/pom.xml"), "<project/>");
    Files.writeString(dir.resolve("m/target/test.classpath"), "a.jar\n");
    assertThat(classNames("m", "x.AbcTest", "x.TestAbc", "x.AbcTests", "x.Abc", "x.TestAbc.Inner"))
        .containsExactly("x.AbcTest", "x.TestAbc", "x.AbcTests");
    assertThat(classNames("m:*Race*", "x.AnswerRaceTest", "x.Racer", "x.AbcTest"))
        .containsExactly("x.AnswerRaceTest", "x.Racer");
    assertThat(classNames("m:AbcTest", "x.AbcTest", "x.y.AbcTest", "x.MyAbcTest"))
        .containsExactly("x.AbcTest", "x.y.AbcTest");
  }

  private List<String> classNames(String target, String... names) throws IOException {
    var command = Target.parse(target).command(dir, dir);
    var pattern = command.get(command.indexOf("--include-classname") + 1);
    return Stream.of(names).filter(name -> name.matches(pattern)).toList();
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

  private List<String> jvm(String module) throws IOException {
    return new SurefireSettings(dir).options(module);
  }

  @Test
  void ofARedRunTheFailedTestsAreShownWithTheirTraces() {
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
        .containsExactly(
            "JUnit Jupiter > A > bad() :: FAILED",
            "\tjava.lang.Error: why",
            "\t\tat A.bad(A.java:1)");
    assertThat(failures(maven))
        .containsExactly(
            "[ERROR] A.bad -- Time elapsed: 0.1 s <<< FAILURE!", "java.lang.Error: why");
    assertThat(failures("# A fatal error has been detected\n"))
        .as("the end of the log when no test was seen to fail")
        .containsExactly("# A fatal error has been detected");
  }

  private static List<String> failures(String log) {
    return new RunLog(log.lines().toList()).failures();
  }

  @Test
  void testsAreCountedAsTheConsoleAndMavenSayThem() {
    assertThat(new RunLog(List.of("[        26 tests started      ]")).tests()).isEqualTo(26);
    var maven =
        """
        [INFO] Tests run: 4, Failures: 0, Errors: 0, Skipped: 0, Time elapsed: 1 s -- in A
        [INFO] Tests run: 10, Failures: 0, Errors: 0, Skipped: 0
        [ERROR] Tests run: 5, Failures: 1, Errors: 0, Skipped: 0
        """;
    assertThat(new RunLog(maven.lines().toList()).tests()).isEqualTo(15);
  }

  private static Stream<String> elements(String xml) {
    return Pattern.compile("<([\\w.]+)>").matcher(xml).results().map(found -> found.group(1));
  }
}
