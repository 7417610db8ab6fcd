package karuta.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import javax.crypto.KeyAgreement;
import karuta.agreement.Kdf;
import karuta.card.EpochId;
import karuta.cryptoki.Attribute;
import karuta.cryptoki.Cka;
import karuta.cryptoki.Template;
import karuta.secret.SecretBytes;
import karuta.token.check.Compatibility;
import karuta.token.key.EphemeralPair;
import karuta.token.key.KeyPolicy;
import karuta.token.key.P256;
import karuta.token.key.TokenKdf;
import karuta.token.testing.FakeCrypto;
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
  private static final TokenKdf NULL = TokenKdf.standard(Kdf.CKD_NULL);

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
    assertThat(Compatibility.check(token, List.of()))
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
        .isThrownBy(() -> verifier.respondAgreement(epoch, Points.any(), NULL))
        .withMessage("C_DeriveKey: CKR_TOKEN_WRITE_PROTECTED (0xe2)");
    assertThat(verifier.hasBookKey(epoch)).isFalse();
  }

  /// What SoftHSM cannot show: a real token derives by the standard, and Bouncy Castle derives the same. Of its wrong
  /// MACs nothing is asked here.
  @Test
  void itDerivesAsBouncyCastleDoes() throws Exception {
    var other = javaPair();
    var input = "under the key".getBytes(StandardCharsets.UTF_8);
    var derived =
        token.<Derived>alone(
            lease -> {
              var mine = EphemeralPair.make(lease, weak(EphemeralPair.privateTemplate()));
              var template = weak(KeyPolicy.BOOK_SIGNING.template("book-e1"));
              var point = P256.point((ECPublicKey) other.getPublic());
              var key = mine.derive(lease, point, TokenKdf.standard(Kdf.CKD_SHA256_KDF), template);
              try (var bytes = SecretBytes.copyOf(input)) {
                return new Derived(mine.publicPoint(), lease.mac(key, bytes));
              }
            });
    var x = sharedX(other, derived.point());
    assertThat(derived.mac())
        .isEqualTo(FakeCrypto.hmac(FakeCrypto.ansiX963(x), input))
        .isNotEqualTo(FakeCrypto.hmac(x, input))
        .isNotEqualTo(FakeCrypto.hmac(FakeCrypto.oneStep(x), input));
  }

  /// The token's point, and what it made with the key.
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Derived(byte[] point, byte[] mac) {}

  @Test
  void theListSaysThatItDerivesWhatItShould() {
    assertThat(Compatibility.check(token, List.of()))
        .extracting(Check::toString)
        .contains("CKD_SHA256_KDF derives what CKD_SHA256_KDF is: yes");
  }

  private static KeyPair javaPair() throws GeneralSecurityException {
    var generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return generator.generateKeyPair();
  }

  private static byte[] sharedX(KeyPair mine, byte[] point) throws GeneralSecurityException {
    var agreement = KeyAgreement.getInstance("ECDH");
    agreement.init(mine.getPrivate());
    agreement.doPhase(P256.publicKey(point), true);
    return agreement.generateSecret();
  }

  /// Without what it refuses, and as a session object.
  private static Template weak(Template template) {
    return template
        .with(Attribute.of(Cka.CKA_TOKEN, false))
        .without(Cka.CKA_ALLOWED_MECHANISMS)
        .without(Cka.CKA_COPYABLE)
        .without(Cka.CKA_MODIFIABLE);
  }
}
