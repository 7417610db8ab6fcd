package karuta.guard;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import karuta.secret.SecretBytes;
import org.junit.jupiter.api.Test;

/// What judges is small, knows nothing of what lifts a cap, and has one way to the token and one to the journal.
class GuardArchitectureTest {
  private static final Path SOURCES = Path.of("src", "main", "java", "karuta", "guard");
  private static final List<String> BESIDE = List.of("officers", "upkeep");

  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importLocations(List.of(Location.of(Path.of("target", "classes"))));

  /// Beside comments, imports and empty lines: what somebody has to read who wants to know what the process can do.
  @Test
  void whatJudgesIsLessThanTwoThousandLines() throws IOException {
    try (var files = Files.walk(SOURCES)) {
      var lines =
          files
              .filter(file -> file.toString().endsWith(".java"))
              .filter(file -> !BESIDE.contains(SOURCES.relativize(file).getName(0).toString()))
              .mapToLong(GuardArchitectureTest::lines)
              .sum();
      assertThat(lines).isBetween(1_000L, 1_999L);
    }
  }

  private static long lines(Path file) {
    try (var lines = Files.lines(file)) {
      return lines
          .filter(Pattern.compile("\\s*(//.*|package .*|import .*)?").asMatchPredicate().negate())
          .count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void whatJudgesHasNoCodeThatLiftsACap() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "karuta.guard.journal",
            "karuta.guard.judge",
            "karuta.guard.sign",
            "karuta.guard.socket",
            "karuta.guard.token",
            "karuta.guard.verifier")
        .or()
        .haveNameMatching("karuta\\.guard\\.(Guarding|Anchor).*")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("karuta.guard.officers", "karuta.guard.upkeep", "karuta.approval")
        .check(MAIN);
  }

  @Test
  void theTokenIsOpenedInOnePlaceAndUsedInOne() {
    noClasses()
        .that()
        .resideOutsideOfPackages("karuta.guard", "karuta.guard.token", "karuta.guard.verifier")
        .and()
        .doNotHaveFullyQualifiedName("karuta.guard.judge.Judging")
        .and()
        .doNotHaveFullyQualifiedName("karuta.guard.upkeep.RememberedHead")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("karuta.token..", "karuta.cryptoki..")
        .check(MAIN);
  }

  @Test
  void whatDerivesLayoutsIsOutOfReach() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("karuta.token.issuer..", "karuta.provisioning..", "karuta.cryptoki..")
        .check(MAIN);
  }

  @Test
  void statementsAreMadeWhereTheTablesAre() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            "karuta.guard.journal", "karuta.guard.officers", "karuta.guard.upkeep")
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("karuta.database.Sql")
        .orShould()
        .dependOnClassesThat()
        .resideInAnyPackage("java.sql..", "javax.sql..", "com.google.protobuf..", "io.vertx..")
        .check(MAIN);
  }

  /// An array of an answer could be moved by the collector, which leaves a copy that nobody wipes.
  @Test
  void noAnswerIsEverAnArray() {
    noClasses().should().callMethod(SecretBytes.class, "toArray").check(MAIN);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("karuta.guard.(*)..").should().beFreeOfCycles().check(MAIN);
  }
}
