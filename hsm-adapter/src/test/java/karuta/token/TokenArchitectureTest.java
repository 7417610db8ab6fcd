package karuta.token;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/// The arrows between the packages of the token access.
class TokenArchitectureTest {
  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("karuta");

  @Test
  void oneClassSpeaksToNativeCodeAndOneHoldsSecretsOutsideTheHeap() {
    noClasses()
        .that()
        .haveNameNotMatching(
            "karuta\\.cryptoki\\.FfmCryptoki(\\$.*)?|karuta\\.secret\\.SecretBytes")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("java.lang.foreign..")
        .check(MAIN);
  }

  @Test
  void whatOnlyTheIssuerDoesIsReachedFromNowhereElse() {
    noClasses()
        .that()
        .resideOutsideOfPackage("karuta.token.issuer..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("karuta.token.issuer..")
        .check(MAIN);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("karuta.(**)").should().beFreeOfCycles().check(MAIN);
  }

  @Test
  void theBindingKnowsNothingOfTokensAndCards() {
    noClasses()
        .that()
        .resideInAPackage("karuta.cryptoki..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("karuta.token..", "karuta.card..")
        .check(MAIN);
  }
}
