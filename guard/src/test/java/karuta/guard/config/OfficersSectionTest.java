package karuta.guard.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.List;
import karuta.guard.testing.GuardInstallation;
import karuta.guard.testing.TestOfficers;
import karuta.settings.SettingsInvalid;
import karuta.token.TokenName;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Who may lift a cap stands in the configuration, or nobody may.
class OfficersSectionTest {
  @TempDir private Path directory;
  private GuardInstallation installation;

  @BeforeEach
  void install() throws Exception {
    installation =
        GuardInstallation.make(
            directory,
            Files.createFile(directory.resolve("library.so")),
            new TokenName("karuta verifier", "0123456789abcdef"),
            "123456",
            new byte[32]);
  }

  private List<String> problems() {
    var invalid =
        catchThrowableOfType(
            SettingsInvalid.class, () -> GuardConfigReader.read(installation.config()));
    assertThat(invalid).as("the configuration is refused").isNotNull();
    return invalid.problems();
  }

  private void named() throws Exception {
    new TestOfficers(InstantSource.system()).install(installation);
  }

  @Test
  void withoutThemThereAreNone() {
    assertThat(GuardConfigReader.read(installation.config()).officers()).isEmpty();
  }

  @Test
  void twoOfThree() throws Exception {
    named();
    var officers = GuardConfigReader.read(installation.config()).officers().orElseThrow();
    assertThat(officers.required()).isEqualTo(2);
    assertThat(officers.all()).isEqualTo(3);
  }

  @Test
  void moreThanThereAreCannotBeRequired() throws Exception {
    named();
    installation.change("required = 2", "required = 4");
    assertThat(problems()).singleElement().asString().contains("officers: 4 of 3 officers cannot");
  }

  @Test
  void oneIsNotEnough() throws Exception {
    named();
    installation.change("required = 2", "required = 1");
    assertThat(problems())
        .singleElement()
        .asString()
        .contains("officers.required: must be from 2 to 100");
  }

  @Test
  void oneCertificateIsOneOfficer() throws Exception {
    named();
    installation.change("officer-3.pem", "officer-1.pem");
    assertThat(problems()).singleElement().asString().contains("two officers have the same key");
  }

  @Test
  void aCertificateThatIsNoneIsNamed() throws Exception {
    named();
    Files.writeString(directory.resolve("officer-2.pem"), "not one");
    assertThat(problems())
        .singleElement()
        .asString()
        .contains("officer[2].certificate: no X.509 certificate in PEM");
  }

  @Test
  void officersWithoutCertificatesAreNone() throws Exception {
    Files.writeString(
        installation.config(), "[officers]\nrequired = 2\n", StandardOpenOption.APPEND);
    assertThat(problems()).singleElement().asString().contains("2 of 0 officers cannot approve");
  }
}
