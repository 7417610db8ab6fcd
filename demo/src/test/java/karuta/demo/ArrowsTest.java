package karuta.demo;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/// The stack is built with programs and calls, as a bank does it; the code behind them is not reached.
class ArrowsTest {
  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("karuta.demo");

  @Test
  void packagesHaveNoCycles() {
    slices().matching("karuta.(**)").should().beFreeOfCycles().check(MAIN);
  }

  @Test
  void noProgramIsCalledButAsAProcess() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "karuta.provisioning..", "karuta.server..", "karuta.demobank..", "karuta.token..")
        .check(MAIN);
  }

  /// A child's class path gets this module's jar and none of its libraries.
  @Test
  void whatRunsInAChildNeedsTheJdkAlone() {
    noClasses()
        .that()
        .haveNameMatching("karuta.demo.process.(Leash|Desk|Commands)")
        .should()
        .dependOnClassesThat()
        .resideOutsideOfPackages("java..", "karuta.demo.process", "org.jspecify..")
        .check(MAIN);
  }
}
