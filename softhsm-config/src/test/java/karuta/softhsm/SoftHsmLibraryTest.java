package karuta.softhsm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SoftHsmLibraryTest {
  @TempDir private Path dir;

  @Test
  void theFirstUsualPlaceThatHoldsALibraryIsTaken() throws IOException {
    var here = Files.createFile(dir.resolve("libsofthsm2.so"));
    var later = Files.createFile(dir.resolve("later.so"));
    assertThat(SoftHsmLibrary.find(null, List.of(dir.resolve("absent"), here, later)))
        .isEqualTo(here);
  }

  @Test
  void anOverrideIsNeverPassedOverForAUsualPlace() throws IOException {
    var usual = Files.createFile(dir.resolve("libsofthsm2.so"));
    var wrong = dir.resolve("mistyped.so").toString();
    assertThatThrownBy(() -> SoftHsmLibrary.find(wrong, List.of(usual)))
        .isInstanceOf(SoftHsmMissing.class)
        .hasMessageContaining(wrong);
  }

  @Test
  void aMissingLibrarySaysWhereItWasLookedForAndWhatToInstall() {
    assertThatThrownBy(() -> SoftHsmLibrary.find("", List.of(dir.resolve("absent.so"))))
        .isInstanceOf(SoftHsmMissing.class)
        .hasMessageContaining("absent.so")
        .hasMessageContaining("apt-get install softhsm2")
        .hasMessageContaining("dnf install softhsm")
        .hasMessageContaining("brew install softhsm");
  }

  @Test
  void aDirectoryOfThatNameIsNoLibrary() throws IOException {
    var directory = Files.createDirectory(dir.resolve("libsofthsm2.so"));
    assertThatThrownBy(() -> SoftHsmLibrary.find(null, List.of(directory)))
        .isInstanceOf(SoftHsmMissing.class);
  }
}
