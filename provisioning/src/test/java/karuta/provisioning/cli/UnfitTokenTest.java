package karuta.provisioning.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import karuta.token.testing.Libraries;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// A token that cannot carry Karuta's promises, as a custodian meets it: NSS softokn, which wants a text of its own at
/// initialisation.
@ExtendWith(Room.Key.class)
class UnfitTokenTest {
  @TempDir Path directory;

  @BeforeEach
  void writeItsPin() throws Exception {
    Files.createFile(
        directory.resolve("pin"),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
  }

  @Test
  void theTableSaysWhatItDidInsteadAndTheTokenIsRefused() throws Exception {
    var check = Cli.run(directory, "token", "check", "--token", tokenFile(Libraries.softokn()));
    assertThat(check.exitCode()).as(check.err()).isOne();
    assertThat(check.out())
        .contains("token NSS Generic Crypto Services (serial 0000000000000000) by Mozilla")
        .containsPattern("NO   private objects need a login +it asks for none")
        .containsPattern(
            "NO   a MAC with one bit changed is CKR_SIGNATURE_INVALID +C_Verify: CKR_DEVICE_ERROR")
        .containsPattern("NO   it cannot be copied +it was done")
        .contains("ok   it has CKM_SHA256_HMAC\n");
    assertThat(check.err())
        .containsPattern("[0-9]+ of [0-9]+ checks failed; this token cannot be used");
  }

  /// The name of a library decides nothing: it is the token that says what it is.
  @Test
  void aRehearsalOnAnotherTokenIsRefusedWhateverItsLibraryIsCalled(Room room) throws Exception {
    var disguised = directory.resolve("libsofthsm2.so");
    Files.createSymbolicLink(disguised, Libraries.softokn());
    Files.createDirectory(directory.resolve("usb"));
    var refused =
        Cli.run(
            directory,
            "agree",
            "request",
            "--token",
            tokenFile(disguised),
            "--epoch",
            "2026a",
            "--signing-key",
            "issuer-1",
            "--dir",
            "usb",
            "--rehearsal",
            "--verifier-certificate",
            room.path("verifier/receipt-1.pem").toString());
    assertThat(refused.exitCode()).as(refused.err()).isOne();
    assertThat(refused.err()).contains("--rehearsal is for SoftHSM tokens only");
    assertThat(directory.resolve("usb")).isEmptyDirectory();
  }

  /// What the file says of development holds for no token on which a customer's card could rest.
  @Test
  void nobodyDestroysAloneOnAnotherTokenWhateverItsFileSays() throws Exception {
    var file = directory.resolve(tokenFile(Libraries.softokn()));
    Files.writeString(
        file, "[custodians]\ndevelopment = true\n", java.nio.file.StandardOpenOption.APPEND);
    var refused =
        Cli.run(
            directory,
            "layout-key",
            "destroy",
            "--token",
            "token.toml",
            "--batch",
            "b1",
            "--without-report",
            "unused",
            "--confirm",
            "destroy layout-b1");
    assertThat(refused.exitCode()).as(refused.err()).isOne();
    assertThat(refused.err())
        .contains("is not SoftHSM's, so nobody destroys a key on it alone", "name custodians");
  }

  private String tokenFile(Path module) throws Exception {
    Files.writeString(
        directory.resolve("token.toml"),
        """
        [token]
        module = "%s"
        label = "NSS Generic Crypto Services"
        serial = "0000000000000000"
        role = "issuer"
        pin-file = "pin"
        init-args = "configdir='sql:%s' certPrefix='' keyPrefix='' secmod='secmod.db' flags="
        """
            .formatted(module, directory));
    return "token.toml";
  }
}
