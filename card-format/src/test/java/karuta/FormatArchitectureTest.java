package karuta;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/// Formats know no token, no database and no network.
class FormatArchitectureTest {
  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("karuta");

  @Test
  void formatsKnowNoTokenDatabaseOrNetwork() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "karuta.cryptoki..",
            "karuta.token..",
            "karuta.database..",
            "karuta.provisioning..",
            "karuta.server..",
            "java.sql..",
            "java.net..",
            "io.vertx..")
        .check(MAIN);
  }

  @Test
  void onlySecretsLieOutsideTheHeap() {
    noClasses()
        .that()
        .resideOutsideOfPackage("karuta.secret..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("java.lang.foreign..")
        .check(MAIN);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("karuta.(*)..").should().beFreeOfCycles().check(MAIN);
  }
}
