package karuta.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import karuta.card.EpochId;
import karuta.token.check.Compatibility;
import karuta.token.key.Kdf;
import karuta.token.testing.Libraries;
import karuta.token.testing.Points;
import karuta.token.verifier.VerifierToken;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A token that cannot carry Karuta's promises is refused, and told why. NSS softokn is one at hand: it calls a wrong
/// MAC a fault, and copies and wraps what it was told not to.
class NssTest {
  @TempDir Path directory;
  private Pkcs11Module module;
  private Token token;

  @BeforeEach
  void open() {
    var args =
        "configdir='sql:%s' certPrefix='' keyPrefix='' secmod='secmod.db' flags="
            .formatted(directory);
    module = Pkcs11Module.open(new ModuleLocation(Libraries.softokn(), Optional.of(args)));
    token =
        Token.open(
            module,
            module.tokens().getFirst(),
            () -> Pin.of(new char[0]),
            TokenSettings.defaults(),
            InstantSource.system());
  }

  @AfterEach
  void close() {
    token.close();
    module.close();
  }

  @Test
  void itsWrongMacIsAFaultAndThatIsTheReason() {
    assertThat(Compatibility.check(token))
        .filteredOn(check -> !check.passed())
        .extracting(Check::toString)
        .contains(
            "private objects need a login: no, it asks for none",
            "a MAC with one bit changed is CKR_SIGNATURE_INVALID: no, C_Verify: CKR_DEVICE_ERROR"
                + " (0x30) instead of CKR_SIGNATURE_INVALID",
            "it cannot be copied: no, it was done",
            "it cannot be wrapped: no, it was done");
    assertThat(token.health().recoveries()).as("a verdict on the token, not a loss of it").isZero();
  }

  @Test
  void itGetsNoBookKey() {
    var verifier = new VerifierToken(token);
    var epoch = new EpochId("e1");
    assertThatExceptionOfType(PkcsFault.class)
        .isThrownBy(() -> verifier.respondAgreement(epoch, Points.any(), Kdf.NULL))
        .withMessage("C_DeriveKey: CKR_TOKEN_WRITE_PROTECTED (0xe2)");
    assertThat(verifier.hasBookKey(epoch)).isFalse();
  }
}
