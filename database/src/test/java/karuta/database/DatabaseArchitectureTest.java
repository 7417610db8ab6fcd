package karuta.database;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/// The database access knows settings, and nothing of cards, tokens or whoever keeps state in it.
class DatabaseArchitectureTest {
  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("karuta");

  @Test
  void ofKarutaItKnowsTheSettingsAlone() {
    classes()
        .that()
        .resideInAPackage("karuta.database..")
        .should()
        .onlyDependOnClassesThat(
            DescribedPredicate.or(
                JavaClass.Predicates.resideOutsideOfPackage("karuta.."),
                JavaClass.Predicates.resideInAnyPackage("karuta.database..", "karuta.settings..")))
        .check(MAIN);
  }

  @Test
  void itKnowsNoNetworkOfItsOwn() {
    noClasses()
        .that()
        .resideInAPackage("karuta.database..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.net..", "io.vertx..", "com.google.protobuf..")
        .check(MAIN);
  }

  @Test
  void nobodyBelowSpeaksSql() {
    noClasses()
        .that()
        .resideOutsideOfPackage("karuta.database..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.sql..", "javax.sql..", "karuta.database..")
        .check(MAIN);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("karuta.(*)..").should().beFreeOfCycles().check(MAIN);
  }
}
