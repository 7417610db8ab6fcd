package karuta.repository;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `karuta` as it lies on a host of a bank, over a Java that says how it was called.
class InstalledCommandTest {
  @TempDir private Path host;
  private Path installed;
  private Map<String, String> environment;

  @BeforeEach
  void install() throws IOException {
    installed = Files.createDirectories(host.resolve("usr/lib/karuta"));
    Files.copy(
        Repository.directory().resolve("deploy/karuta"),
        installed.resolve("karuta"),
        java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
    Files.createDirectory(installed.resolve("guard"));
    Files.createDirectory(installed.resolve("challenge-server"));
    var java = Files.createDirectories(host.resolve("jdk/bin")).resolve("java");
    Files.writeString(
        java,
        """
        #!/bin/sh
        case $1 in --dry-run) echo dry; exit "${JAVA_DOES_NOT_START:-0}" ;; esac
        printf '<%s>' "$@"
        umask
        """);
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwx------"));
    environment = Map.of("JAVA_HOME", host.resolve("jdk").toString());
  }

  private Commands.Ended karuta(String... words) {
    var command = new java.util.ArrayList<String>();
    command.add(installed.resolve("karuta").toString());
    command.addAll(List.of(words));
    return Commands.run(host, environment, command.toArray(String[]::new));
  }

  @ParameterizedTest
  @CsvSource({
    "guard, guard, karuta.guard.Main",
    "serve, challenge-server, karuta.server.Main",
    "migrate, challenge-server, karuta.server.Main",
    "import, challenge-server, karuta.server.Main",
    "audit, challenge-server, karuta.server.Main",
    "export-judged, challenge-server, karuta.server.Main"
  })
  void aCommandGetsTheLibrariesOfItsModuleAndNoOthers(String verb, String module, String main) {
    var ended = karuta(verb, "--config", "a file.toml");
    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(ended.out())
        .contains(
            "<-cp><%s/%s/*><%s><%s><--config><a file.toml>"
                .formatted(installed, module, main, verb));
  }

  @Test
  void nobodyAttachesToTheProcessAndItsFilesAreItsOwn() {
    assertThat(karuta("guard").out())
        .contains("<-XX:+DisableAttachMechanism>", "<-XX:-UsePerfData>")
        .endsWith("0077\n");
  }

  @Test
  void moreOptionsOfTheJvmComeFromTheEnvironment() {
    environment =
        Map.of(
            "JAVA_HOME",
            host.resolve("jdk").toString(),
            "KARUTA_JAVA_OPTIONS",
            "-Xmx1g -Dorg.sqlite.tmpdir=/opt/karuta");
    assertThat(karuta("guard").out()).contains("<-Xmx1g><-Dorg.sqlite.tmpdir=/opt/karuta><-cp>");
  }

  /// Java's own code for that is 1, as for a key that breaks the policy.
  @Test
  void aJavaThatDoesNotStartIsNoRefusal() {
    environment = Map.of("JAVA_HOME", host.resolve("jdk").toString(), "JAVA_DOES_NOT_START", "1");
    var ended = karuta("guard", "--config", "guard.toml");
    assertThat(ended.code()).isEqualTo(70);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err()).contains("karuta: ", "must be a Java 25");

    environment = Map.of("JAVA_HOME", host.resolve("absent").toString());
    assertThat(karuta("guard").code()).isEqualTo(70);
  }

  /// The one option that the trial rests on, held against the Java that runs this test.
  @Test
  void aTrialLoadsTheProgramAndRunsNothing() {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var path = System.getProperty("java.class.path");
    var trial = Commands.run(host, java, "--dry-run", "-cp", path, Speaking.class.getName());
    assertThat(trial.code()).as(trial.err()).isZero();
    assertThat(trial.out()).isEmpty();
    assertThat(Commands.run(host, java, "--dry-run", "-cp", path, "karuta.Absent").code())
        .isNotZero();
    assertThat(Commands.run(host, java, "--dry-run", "-XX:Absent", "-cp", path, "x").code())
        .isNotZero();
  }

  /// A program that cannot be overheard.
  static final class Speaking {
    private Speaking() {}

    /// Says something.
    public static void main(String[] words) {
      System.out.println("run");
    }
  }

  /// The commands of the runbook, word for word, on a host that is a directory.
  @Test
  void anUpdateLeavesNoJarOfTheBuildBefore() throws IOException {
    var operations = Repository.text(Path.of("docs/operations.md")).orElseThrow();
    var block = Pattern.compile("(?s)```sh\n(   build=.*?)   ```").matcher(operations);
    assertThat(block.find()).isTrue();
    var empty = Files.createDirectory(host.resolve("empty"));
    var script = Files.writeString(host.resolve("install.sh"), onThisHost(block.group(1), empty));
    for (var build : List.of("1", "2")) {
      var checkout = checkout(build);
      var ended = Commands.run(checkout, "sh", "-eu", script.toString());
      assertThat(ended.code()).as(ended.err()).isZero();
    }
    for (var module : List.of("guard", "challenge-server")) {
      try (var jars = Files.list(empty.resolve("usr/lib/karuta").resolve(module))) {
        assertThat(jars.map(jar -> jar.getFileName().toString()))
            .containsExactlyInAnyOrder(module + "-1.0.0-SNAPSHOT.jar", "library-2.jar");
      }
    }
    var ended =
        Commands.run(host, environment, empty.resolve("usr/bin/karuta").toString(), "guard");
    assertThat(ended.out()).contains("usr/lib/karuta-2/guard/*>");
  }

  private static String onThisHost(String commands, Path root) {
    return "git() { cat build; }\n" + commands.replaceAll("(?<=[\\s\"])/usr", root + "/usr");
  }

  private Path checkout(String build) throws IOException {
    var checkout = Files.createDirectory(host.resolve("checkout-" + build));
    Files.writeString(checkout.resolve("build"), build);
    for (var file :
        List.of("deploy/karuta", "docs/operations.md", "docs/ceremonies/guard-officers.md")) {
      Files.createDirectories(checkout.resolve(file).getParent());
      Files.copy(Repository.directory().resolve(file), checkout.resolve(file));
    }
    for (var module : List.of("guard", "challenge-server")) {
      var target = Files.createDirectories(checkout.resolve(module).resolve("target/lib"));
      Files.createFile(target.resolve("library-" + build + ".jar"));
      Files.createFile(target.resolveSibling(module + "-1.0.0-SNAPSHOT.jar"));
    }
    Files.createDirectories(host.resolve("empty/usr/bin"));
    return checkout;
  }

  @Test
  void itIsFoundByALinkToo() throws IOException {
    var link = Files.createSymbolicLink(host.resolve("karuta"), installed.resolve("karuta"));
    var ended = Commands.run(host, environment, link.toString(), "guard");
    assertThat(ended.out()).contains("<-cp><" + installed + "/guard/*>");
  }

  @Test
  void whatIsNotInstalledHereIsAUsageErrorThatSaysSo() throws IOException {
    Files.delete(installed.resolve("challenge-server"));
    assertThat(karuta("serve").code()).isEqualTo(2);
    assertThat(karuta("serve").err()).contains("challenge-server is not installed in " + installed);
    for (var ended : new Commands.Ended[] {karuta(), karuta("batch")}) {
      assertThat(ended.code()).isEqualTo(2);
      assertThat(ended.err()).contains("usage: karuta guard|serve|");
    }
  }
}
