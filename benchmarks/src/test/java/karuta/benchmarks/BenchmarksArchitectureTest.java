package karuta.benchmarks;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/// What is measured is measured from outside: as processes, over the wire.
class BenchmarksArchitectureTest {
  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("karuta.benchmarks");

  @Test
  void packagesHaveNoCycles() {
    slices().matching("karuta.benchmarks.(**)").should().beFreeOfCycles().check(MAIN);
  }

  @Test
  void nothingOfGuardOrServerIsCalledButAsAProcess() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("karuta.server..", "karuta.guard..", "karuta.database..")
        .check(MAIN);
  }

  /// Who calls knows nothing of tokens; the floor alone makes the token's calls.
  @Test
  void theFloorAloneCallsAToken() {
    noClasses()
        .that()
        .resideOutsideOfPackages("karuta.benchmarks.floor", "karuta.benchmarks.stack")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("karuta.token..", "karuta.cryptoki..", "karuta.provisioning..")
        .check(MAIN);
  }
}
