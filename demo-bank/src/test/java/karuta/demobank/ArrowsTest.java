package karuta.demobank;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/// The demo bank has no way to a card but the API.
class ArrowsTest {
  @Test
  void theDemoBankSeesTheContractAndNothingElseOfKaruta() {
    var classes =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("karuta.demobank");
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "karuta.card..",
            "karuta.catalogue..",
            "karuta.bundle..",
            "karuta.token..",
            "karuta.cryptoki..",
            "karuta.server..",
            "karuta.provisioning..",
            "java.lang.foreign..",
            "java.sql..")
        .check(classes);
  }

  @Test
  void onlyTheApiPackageSpeaksToTheServer() {
    var classes =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("karuta.demobank");
    noClasses()
        .that()
        .resideOutsideOfPackage("karuta.demobank.api")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.vertx.ext.web.client..", "java.net.http..")
        .check(classes);
  }
}
