package karuta.token.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.HexFormat;
import karuta.agreement.AgreementUse;
import karuta.agreement.Kdf;
import karuta.token.testing.FakeCrypto;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class KdfTest {
  private static final byte[] X =
      HexFormat.of().parseHex("96c05619d56c328ab95fe84b18264b08725b85e33fd34f08");

  /// The first vector of NIST's CAVS for ANSI X9.63 with SHA-256 and no shared data.
  @Test
  void ansiX963IsAsNistHasIt() {
    assertThat(Arrays.copyOf(Kdf.CKD_SHA256_KDF.key(X), 16))
        .isEqualTo(HexFormat.of().parseHex("443024c3dae66b95e6f5670601558f71"));
  }

  @Test
  void eachIsAsBouncyCastleHasIt() {
    assertThat(Kdf.CKD_SHA256_KDF.key(X)).isEqualTo(FakeCrypto.ansiX963(X));
    assertThat(Kdf.CKD_SHA256_KDF_SP800.key(X)).isEqualTo(FakeCrypto.oneStep(X));
    assertThat(Kdf.CKD_NULL.key(X)).isEqualTo(X);
  }

  @ParameterizedTest
  @CsvSource({
    "CKD_SHA256_KDF,CKD_SHA256_KDF 0x00000006",
    "CKD_SHA256_KDF_SP800,CKD_SHA256_KDF_SP800 0x00000010",
    "CKD_NULL,CKD_NULL 0x00000001",
    "CKD_SHA256_KDF,CKD_CLOUDHSM_X963_SHA256_KDF 0x80000003",
    "CKD_SHA256_KDF_SP800,CKD_X 0xffffffff"
  })
  void nameAndNumberAreReadAsTheyWereWritten(Kdf computes, String text) {
    var read = TokenKdf.parse(computes, text);
    assertThat(read.computes()).isEqualTo(computes);
    assertThat(read).hasToString(text);
  }

  /// A record must not say the name of an approved function over another's number, nor call none a vendor's.
  @ParameterizedTest
  @CsvSource({
    "CKD_SHA256_KDF,CKD_SHA256_KDF 0x00000001",
    "CKD_SHA256_KDF,CKD_SHA256_KDF 0x80000006",
    "CKD_SHA256_KDF,CKD_NULL 0x00000001",
    "CKD_NULL,CKD_VENDORS_NULL 0x80000001",
    "CKD_SHA256_KDF,CKD_X 0x00000006",
    "CKD_SHA256_KDF,CKD_X 0x7fffffff",
    "CKD_SHA256_KDF,CKD_X 0x100000000",
    "CKD_SHA256_KDF,CKD_X 2147483651",
    "CKD_SHA256_KDF,X963 0x80000003",
    "CKD_SHA256_KDF,CKD_X",
    "CKD_SHA256_KDF,CKD_X 0x80000003 more"
  })
  void anythingElseIsRefused(Kdf computes, String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> TokenKdf.parse(computes, text));
  }

  @ParameterizedTest
  @EnumSource(Kdf.class)
  void onlyDevelopmentDoesWithoutADerivation(Kdf kdf) {
    assertThat(AgreementUse.DEVELOPMENT.allows(kdf)).isTrue();
    assertThat(AgreementUse.PRODUCTION.allows(kdf)).isEqualTo(kdf != Kdf.CKD_NULL);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Production", "", "test"})
  void aUseIsOneOfTwoWords(String label) {
    assertThat(AgreementUse.named("development")).isEqualTo(AgreementUse.DEVELOPMENT);
    assertThatIllegalArgumentException().isThrownBy(() -> AgreementUse.named(label));
  }
}
