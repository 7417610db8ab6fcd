package karuta.softhsm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import karuta.token.TokenRole;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// On the real SoftHSM: each token is initialised by a process of its own.
class DevelopmentTokenTest {
  @TempDir private Path dir;

  @Test
  void aTokenIsInitialisedAndItsFileNamesIt() throws IOException {
    var token =
        DevelopmentToken.create(dir.resolve("new/issuer"), TokenRole.VERIFIER, "karuta-issuer");

    assertThat(token.serial()).matches("[0-9a-f]{16}");
    assertThat(Files.readString(token.tokenFile()))
        .contains("label = \"karuta-issuer\"")
        .contains("serial = \"" + token.serial() + "\"")
        .contains("module = \"" + SoftHsmLibrary.find() + "\"")
        .contains("pin-file = \"pin\"")
        .contains("never use it in production");
    try (var made = Files.list(token.home().resolve("tokens"))) {
      assertThat(made)
          .singleElement()
          .satisfies(
              d ->
                  assertThat(d.getFileName().toString().replace("-", "")).endsWith(token.serial()));
    }
  }

  @Test
  void thePinInTheFileIsThePinOfTheToken() throws Exception {
    var token = DevelopmentToken.create(dir.resolve("t"), TokenRole.VERIFIER, "karuta-verifier");

    assertThat(TokenProbe.run(token)).contains("login=ok");
    Files.writeString(token.home().resolve("pin"), "not-the-pin");
    assertThat(TokenProbe.run(token)).contains("login=TokenAuthFailed");
  }

  @Test
  void everythingInAHomeIsPrivate() throws IOException {
    var home = DevelopmentToken.create(dir.resolve("deep/er/home"), TokenRole.VERIFIER, "t").home();

    for (var directory : new Path[] {dir.resolve("deep"), home, home.resolve("tokens")}) {
      assertThat(modeOf(directory)).as("%s", directory).isEqualTo("rwx------");
    }
    for (var file : new String[] {"softhsm2.conf", "token.toml", "pin", "so-pin"}) {
      assertThat(modeOf(home.resolve(file))).as(file).isEqualTo("rw-------");
    }
    assertThat(DevelopmentToken.openToOthers(home)).isEmpty();
  }

  @Test
  void anOpenedFileIsComplainedAboutWithTheCommandThatClosesIt() throws IOException {
    var home = DevelopmentToken.create(dir.resolve("t"), TokenRole.VERIFIER, "t").home();
    Files.setPosixFilePermissions(
        home.resolve("pin"), PosixFilePermissions.fromString("rw-r-----"));
    Files.setPosixFilePermissions(
        home.resolve("tokens"), PosixFilePermissions.fromString("rwxr-xr-x"));

    assertThat(DevelopmentToken.openToOthers(home))
        .satisfiesExactly(
            pin -> assertThat(pin).endsWith("chmod 600 " + home.resolve("pin")),
            tokens -> assertThat(tokens).endsWith("chmod 700 " + home.resolve("tokens")));
  }

  @Test
  void aHomeThatHoldsATokenIsRefusedAndUnchanged() throws IOException {
    var token = DevelopmentToken.create(dir.resolve("t"), TokenRole.VERIFIER, "first");
    var before = Files.readString(token.tokenFile());

    assertThatThrownBy(() -> DevelopmentToken.create(token.home(), TokenRole.VERIFIER, "second"))
        .isInstanceOf(SetupRefused.class)
        .hasMessageContaining("already holds a development token");
    assertThat(Files.readString(token.tokenFile())).isEqualTo(before);
  }

  @Test
  void tokensThatKarutaDidNotMakeAreNotTouched() throws IOException {
    var foreign =
        Files.createDirectories(dir.resolve("t/tokens/0a1b2c3d-0000-0000-0000-000000000000"));
    Files.writeString(foreign.resolve("token.object"), "somebody's");

    assertThatThrownBy(() -> DevelopmentToken.create(dir.resolve("t"), TokenRole.VERIFIER, "t"))
        .isInstanceOf(SetupRefused.class)
        .hasMessageContaining("not an empty directory");
    try (var tree = Files.walk(dir.resolve("t"))) {
      assertThat(tree.filter(Files::isRegularFile))
          .containsExactly(foreign.resolve("token.object"));
    }
  }

  @Test
  void aHalfMadeHomeIsRefused() throws IOException {
    var home = Files.createDirectory(dir.resolve("t"));
    Files.writeString(home.resolve("softhsm2.conf"), "directories.tokendir = elsewhere");

    assertThatThrownBy(() -> DevelopmentToken.create(home, TokenRole.VERIFIER, "t"))
        .isInstanceOf(SetupRefused.class);
    assertThat(home.resolve("pin")).doesNotExist();
  }

  @Test
  void aLabelThatATokenCannotHoldIsRefusedBeforeAnythingIsWritten() {
    assertThatThrownBy(() -> DevelopmentToken.create(dir.resolve("t"), TokenRole.VERIFIER, "a\"b"))
        .isInstanceOf(SetupRefused.class);
    assertThat(dir.resolve("t")).doesNotExist();
  }

  @Test
  void noPinIsInThePublicFiles() throws IOException {
    var home = DevelopmentToken.create(dir.resolve("t"), TokenRole.VERIFIER, "t").home();
    var pin = Files.readString(home.resolve("pin"));
    var soPin = Files.readString(home.resolve("so-pin"));

    assertThat(pin).hasSize(24).isNotEqualTo(soPin);
    assertThat(
            Files.readString(home.resolve("token.toml"))
                + Files.readString(home.resolve("softhsm2.conf")))
        .doesNotContain(pin)
        .doesNotContain(soPin);
  }

  @Test
  void theFewMechanismsItOffersAreEnoughForEveryCheckOfAToken() throws Exception {
    var token = DevelopmentToken.create(dir.resolve("t"), TokenRole.VERIFIER, "t");

    assertThat(Files.readString(token.conf()))
        .contains(
            "slots.mechanisms = CKM_GENERIC_SECRET_KEY_GEN,CKM_SHA256_HMAC,"
                + "CKM_EC_KEY_PAIR_GEN,CKM_ECDH1_DERIVE,CKM_ECDSA\n");
    assertThat(TokenProbe.run(token)).contains("login=ok", "EC pair").doesNotContain(": no,");
  }

  private static String modeOf(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
