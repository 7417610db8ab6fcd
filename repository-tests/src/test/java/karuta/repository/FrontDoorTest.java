package karuta.repository;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The script `karuta`: the parts that need nothing built. Its functions are sourced one file at a time, and what they
/// ask of the machine is replaced by functions of the same name.
class FrontDoorTest {
  private static final Path ROOT = Repository.directory();

  /// The columns of a plain terminal.
  private static final int TERMINAL = 80;

  @TempDir private Path dir;

  @Test
  void helpTeachesFromAnyDirectoryAndThroughALink() throws IOException {
    var link = Files.createSymbolicLink(dir.resolve("k"), ROOT.resolve("karuta"));
    for (var name : new String[] {link.toString(), ROOT.resolve("karuta").toString()}) {
      var help = Commands.run(dir, name, "help");
      assertThat(help.code()).isZero();
      assertThat(help.err()).isEmpty();
      assertThat(help.out())
          .contains(
              "./karuta demo", "./karuta test", "./karuta smoke", "Never use them in production");
      assertThat(help.out().lines()).allMatch(line -> line.length() <= TERMINAL);
    }
  }

  /// The programs' own help pages, as they are checked in; each program's tests hold them to what it prints.
  @Test
  void everyHelpPageFitsAPlainTerminal() {
    var pages =
        Repository.files().stream()
            .filter(file -> file.toString().matches(".*/(help(-[a-z-]+)?\\.txt|usage\\.md)"))
            .toList();
    assertThat(pages).hasSizeGreaterThan(10);
    assertThat(pages)
        .allSatisfy(
            page ->
                assertThat(Repository.text(page).orElseThrow().lines())
                    .allMatch(line -> line.length() <= TERMINAL));
  }

  @Test
  void everyCommandTheScriptKnowsIsInItsHelp() {
    var script = Repository.text(Path.of("karuta")).orElseThrow();
    var help = Commands.run(ROOT, "./karuta", "help").out();
    var commands =
        script
            .substring(script.indexOf("case $command in"), script.lastIndexOf("esac"))
            .lines()
            .map(String::strip)
            .filter(line -> line.matches("[a-z-]+( \\| [a-z-]+)*\\)( .*)?"))
            .flatMap(line -> java.util.Arrays.stream(line.replaceAll("\\).*", "").split(" \\| ")))
            .toList();
    assertThat(commands).contains("serve", "batch", "demo");
    assertThat(commands)
        .filteredOn(command -> !command.startsWith("-"))
        .allSatisfy(command -> assertThat(help).contains("./karuta " + command));
  }

  @ParameterizedTest
  @ValueSource(strings = {"test", "build", "clean"})
  void whoAsksACommandOfTheHouseForHelpGetsHelp(String command) {
    var ended = Commands.run(dir, ROOT.resolve("karuta").toString(), command, "--help");
    assertThat(ended.code()).isZero();
    assertThat(ended.out()).contains("./karuta " + command);
  }

  @Test
  void withoutMavenItSaysWhatToInstall() throws IOException {
    Files.createDirectory(dir.resolve("target"));
    var ended =
        sourced(
            "java.sh",
            "REPO=" + quoted(dir) + "; find_jdk() { :; }; command() { return 1; }; build");
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err()).contains("Maven was not found; install it");
  }

  @Test
  void whatChangedAfterABuildBeganIsBuiltAnew() throws Exception {
    var outOfDate = "REPO=" + quoted(dir) + "; out_of_date && echo yes || echo no";
    Files.createFile(dir.resolve("pom.xml"));
    assertThat(sourced("java.sh", outOfDate).out()).isEqualTo("yes\n");
    var begun = Instant.now().minusSeconds(60);
    Files.createDirectories(dir.resolve("target"));
    at(begun, Files.createFile(dir.resolve("target/begun")));
    at(begun.minusSeconds(1), dir.resolve("pom.xml"));
    assertThat(sourced("java.sh", outOfDate).out()).as("not ended").isEqualTo("yes\n");
    at(begun.plusSeconds(30), Files.createDirectories(dir.resolve("smoke/target/lib")));
    assertThat(sourced("java.sh", outOfDate).out()).isEqualTo("no\n");
    var sources = Files.createDirectories(dir.resolve("a/src/main"));
    var source = Files.createFile(sources.resolve("A"));
    at(begun.minusSeconds(1), source);
    at(begun.minusSeconds(1), sources);
    assertThat(sourced("java.sh", outOfDate).out()).isEqualTo("no\n");
    at(begun.plusSeconds(20), source);
    assertThat(sourced("java.sh", outOfDate).out()).as("while it ran").isEqualTo("yes\n");
  }

  private static void at(Instant time, Path file) throws IOException {
    Files.setLastModifiedTime(file, FileTime.from(time));
  }

  @Test
  void theScriptsAreSound() {
    var words =
        new ArrayList<>(
            List.of(
                "shellcheck", "-x", "-P", ROOT.toString(), "karuta", "deploy/karuta", ".ci/run"));
    Repository.files().stream()
        .filter(file -> file.startsWith("scripts") && !file.toString().endsWith(".txt"))
        .forEach(file -> words.add(file.toString()));
    var ended = Commands.run(ROOT, words.toArray(String[]::new));
    assertThat(ended.code()).as(ended.out() + ended.err()).isZero();
    assertThat(words).contains("scripts/java.sh", "scripts/repeat");
  }

  @Test
  void anUnknownCommandIsAUsageErrorThatPointsToHelp() {
    var ended = Commands.run(dir, ROOT.resolve("karuta").toString(), "isue");
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err()).contains("no command 'isue'").contains("./karuta help");
  }

  @Test
  void withoutAJdk25ItSaysWhatToInstall() {
    var ended =
        sourced("java.sh", "jdk_candidates() { echo " + quoted(jdk("17.0.15")) + "; }; find_jdk");
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err())
        .contains("no JDK 25 was found")
        .contains("temurin-25-jdk")
        .contains("JAVA_HOME");
  }

  @Test
  void aJdkIsFoundByItsCompilerWhereVersionManagersHideIt() throws IOException {
    var right = jdk("25.0.3");
    var shims = Files.createDirectory(dir.resolve("shims"));
    Files.createSymbolicLink(shims.resolve("javac"), right.resolve("bin/javac"));
    var ended =
        sourced(
            "java.sh", "unset HOME JAVA_HOME; PATH=" + quoted(shims) + ":$PATH; jdk_candidates");
    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(ended.out().lines()).first().isEqualTo(right.toRealPath().toString());
  }

  @Test
  void aJavaHomeOfAnotherVersionIsPassedOver() {
    var old = jdk("17.0.15");
    var right = jdk("25.0.3");
    var ended =
        sourced(
            "java.sh",
            "jdk_candidates() { printf '%s\\n' "
                + quoted(old)
                + " "
                + quoted(right)
                + "; }; find_jdk; echo $JAVA_HOME");
    assertThat(ended.out().strip()).isEqualTo(right.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"--token", "--config"})
  void theConfigurationBesideATokenFileIsExported(String option) throws IOException {
    Files.createFile(dir.resolve("softhsm2.conf"));
    var file = dir.resolve("token.toml");
    for (var arguments : new String[] {option + " " + quoted(file), option + "=" + quoted(file)}) {
      var ended =
          sourced(
              "tokens.sh", "use_token_beside batch issue " + arguments + "; echo $SOFTHSM2_CONF");
      assertThat(ended.out().strip())
          .isEqualTo(dir.toRealPath().resolve("softhsm2.conf").toString());
      assertThat(ended.err()).contains("never use it in production");
    }
  }

  @Test
  void anOpenTokenDirectoryIsNamedWithTheCommandThatClosesIt() throws IOException {
    var home = mode("rwxr-x---", Files.createDirectory(dir.resolve("t")));
    mode("rw-------", Files.createFile(home.resolve("softhsm2.conf")));
    mode("rw-r--r--", Files.createFile(home.resolve("pin")));
    var open =
        sourced("tokens.sh", "use_token_beside --token " + quoted(home) + "/token.toml").err();
    assertThat(open)
        .contains(
            "chmod go= '" + home.toRealPath() + "'\n",
            "chmod go= '" + home.toRealPath() + "/pin'\n");
    assertThat(open).doesNotContain("/softhsm2.conf'");
  }

  @Test
  void aProductionTokenFileHasNothingBesideItAndNothingIsSet() {
    var ended =
        sourced(
            "tokens.sh",
            "use_token_beside serve --config "
                + quoted(dir.resolve("server.toml"))
                + "; echo ${SOFTHSM2_CONF-unset}");
    assertThat(ended.out().strip()).isEqualTo("unset");
    assertThat(ended.err()).isEmpty();
  }

  @Test
  void whoCannotBecomeRootIsToldTheExactCommand() {
    var ended =
        sourced(
            "prerequisites.sh",
            "has_softhsm() { return 1; }; apt-get() { :; }; id() { echo 1000; }; sudo() { return 1; }; install_missing run");
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err()).contains("run: sudo apt-get install -y softhsm2\n");
  }

  @Test
  void aRelativeHomeIsMeantFromHere() {
    var home = Map.of("KARUTA_HOME", "mine", "PATH", "/usr/bin:/bin");
    var script =
        "set -- help; . " + quoted(ROOT.resolve("karuta")) + " >/dev/null; echo $KARUTA_HOME";
    assertThat(Commands.run(dir, home, "bash", "-c", script).out().strip())
        .isEqualTo(dir + "/mine");
  }

  @Test
  void nothingIsInstalledWhereNothingIsMissing() {
    var ended =
        sourced(
            "prerequisites.sh",
            "has_softhsm() { :; }; apt_install() { echo installed; }; install_missing run");
    assertThat(ended.code()).isZero();
    assertThat(ended.out()).isEmpty();
  }

  @Test
  void aServerNeverGetsAnotherModulesLibraries() {
    var paths = sourced("java.sh", "REPO=/r; class_path challenge-server").out().split(":");
    assertThat(paths)
        .allSatisfy(path -> assertThat(path).startsWith("/r/challenge-server/target/"));
  }

  private Commands.Ended sourced(String file, String then) {
    var script =
        ("set -euo pipefail; REPO="
                + quoted(ROOT)
                + "; . "
                + quoted(ROOT.resolve("scripts/java.sh")))
            + ("; . " + quoted(ROOT.resolve("scripts").resolve(file)) + "; " + then);
    return Commands.run(dir, Map.of("SOFTHSM2_CONF", ""), "bash", "-c", script);
  }

  private static String quoted(Path path) {
    return "'" + path + "'";
  }

  private Path jdk(String version) {
    try {
      var home = Files.createDirectories(dir.resolve("jdk-" + version));
      var javac = Files.createDirectories(home.resolve("bin")).resolve("javac");
      mode("rwxr-xr-x", Files.createFile(javac));
      Files.writeString(
          home.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
      return home;
    } catch (IOException failed) {
      throw new java.io.UncheckedIOException(failed);
    }
  }

  /// Set afterwards, and not when it is made: what it is made with the umask takes away.
  private static Path mode(String mode, Path file) throws IOException {
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
  }
}
