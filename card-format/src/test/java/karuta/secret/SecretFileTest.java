package karuta.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretFileTest {
  private Path credentials;
  private Path service;
  private Path elsewhere;

  @BeforeEach
  void make(@TempDir Path directory) throws IOException {
    var real = directory.toRealPath();
    credentials = real.resolve("credentials");
    service = Files.createDirectories(credentials.resolve("karuta-guard.service"));
    elsewhere = Files.createDirectory(real.resolve("elsewhere"));
  }

  private static Path file(Path directory, String mode) throws IOException {
    var made = Files.createFile(directory.resolve("pin"));
    return Files.setPosixFilePermissions(made, PosixFilePermissions.fromString(mode));
  }

  private boolean open(Path file) throws IOException {
    return SecretFile.openToOthers(file, credentials);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-------", "r--------", "rwx--x--x"})
  void itsOwnerAloneMayReadIt(String mode) throws IOException {
    assertThat(open(file(elsewhere, mode))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r-----", "rw--w----", "rw----r--", "rw-----w-"})
  void othersMayNot(String mode) throws IOException {
    var file = file(elsewhere, mode);
    assertThat(open(file)).isTrue();
    assertThat(SecretFile.openToOthers(file)).isTrue();
  }

  /// As systemd 254 and later hand it over.
  @Test
  void aCredentialShowsTheMaskOfItsAccessList() throws IOException {
    assertThat(open(file(service, "r--r-----"))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-rw----", "r--r--r--", "r--r---w-"})
  void aCredentialIsNoMoreOpenThanThat(String mode) throws IOException {
    assertThat(open(file(service, mode))).isTrue();
  }

  @Test
  void aCredentialIsWhatLiesThereAndNotWhatIsNamedSo() throws IOException {
    file(elsewhere, "rw-r-----");
    assertThat(open(service.resolve("../../elsewhere/pin"))).isTrue();
    assertThat(open(Files.createSymbolicLink(service.resolve("pin"), elsewhere.resolve("pin"))))
        .isTrue();
  }
}
