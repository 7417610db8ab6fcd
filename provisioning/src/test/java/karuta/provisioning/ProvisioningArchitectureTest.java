package karuta.provisioning;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/// The arrows between the packages of the custodians' side.
class ProvisioningArchitectureTest {
  @Test
  void packagesHaveNoCycles() {
    var classes =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("karuta.provisioning");
    slices().matching("karuta.(**)").should().beFreeOfCycles().check(classes);
  }
}
