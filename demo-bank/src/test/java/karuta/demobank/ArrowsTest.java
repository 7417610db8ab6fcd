package karuta.demobank;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import karuta.client.KarutaClient;
import karuta.client.PublishedFiles;
import karuta.client.Transport;
import org.junit.jupiter.api.Test;

/// The demo bank has no way to a card but the API.
class ArrowsTest {
  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("karuta.demobank");

  @Test
  void theDemoBankSeesTheContractAndNothingElseOfKaruta() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "karuta.card..",
            "karuta.catalogue..",
            "karuta.bundle..",
            "karuta.token..",
            "karuta.guard..",
            "karuta.cryptoki..",
            "karuta.server..",
            "karuta.database..",
            "karuta.provisioning..",
            "java.lang.foreign..",
            "java.sql..")
        .check(MAIN);
  }

  @Test
  void itsRuntimeClassPathHoldsNoOtherWayToTheData() throws IOException {
    var jars =
        Stream.of(
                Files.readString(Path.of("target", "runtime.classpath"))
                    .strip()
                    .split(File.pathSeparator, -1))
            .map(entry -> entry.replace(File.separatorChar, '/'))
            .toList();
    assertThat(jars)
        .hasSizeGreaterThan(20)
        .anyMatch(jar -> jar.contains("/challenge-api"))
        .noneMatch(
            jar ->
                Stream.of(
                        "/card-format",
                        "/database/target/",
                        "/hsm-adapter",
                        "/guard/target/",
                        "/guard-client",
                        "/challenge-server",
                        "/provisioning",
                        "/softhsm-config",
                        "/sqlite-jdbc",
                        "/postgresql",
                        "/bcprov")
                    .anyMatch(jar::contains));
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("karuta.(**)").should().beFreeOfCycles().check(MAIN);
  }

  @Test
  void onlyTheApiPackageSpeaksToTheServer() {
    noClasses()
        .that()
        .resideOutsideOfPackage("karuta.demobank.api")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.vertx.ext.web.client..", "java.net.http..")
        .orShould()
        .dependOnClassesThat()
        .belongToAnyOf(KarutaClient.class, PublishedFiles.class, Transport.class)
        .check(MAIN);
  }
}
