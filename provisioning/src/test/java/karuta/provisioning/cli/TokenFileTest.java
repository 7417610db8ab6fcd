package karuta.provisioning.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import karuta.agreement.Kdf;
import karuta.provisioning.document.PinnedCertificate;
import karuta.settings.SettingsInvalid;
import karuta.softhsm.DevelopmentAuthority;
import karuta.token.key.TokenKdf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenFileTest {
  private static final String VENDORS =
      """
      [[token.kdf]]
      name = "CKD_CLOUDHSM_X963_SHA256_KDF"
      number = "0x80000003"
      computes = "CKD_SHA256_KDF"
      """;

  @TempDir Path directory;

  private TokenFile read(String kdfs) throws IOException {
    var file = directory.resolve("token.toml");
    Files.writeString(
        file,
        """
        [token]
        module = "/usr/lib/module.so"
        label = "hsm"
        serial = "1"
        role = "issuer"
        """
            + kdfs);
    return TokenFile.read(file);
  }

  @Test
  void aVendorsNumberIsRead() throws Exception {
    assertThat(read("").kdfs()).isEmpty();
    assertThat(read(VENDORS).kdfs())
        .containsExactly(
            new TokenKdf(Kdf.CKD_SHA256_KDF, "CKD_CLOUDHSM_X963_SHA256_KDF", 0x8000_0003L));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0x80000003|0x06|name: a name of the standard has the standard's number",
        "CKD_CLOUDHSM_X963_SHA256_KDF|CKD_SHA256_KDF|name: a name of the standard has the standard's number",
        "0x80000003|2147483651|number: must be hexadecimal, such as \"0x80000003\"",
        "CKD_CLOUDHSM_X963_SHA256_KDF|X963|name: a name is such as",
        "\"CKD_SHA256_KDF\"|\"CKD_NULL\"|name: no vendor's number stands for CKD_NULL",
        "\"CKD_SHA256_KDF\"|\"SHA256\"|computes: must be one of [CKD_SHA256_KDF,",
        "computes|computed|computes: missing"
      })
  void anythingElseIsNamed(String good, String bad, String problem) {
    assertThatExceptionOfType(SettingsInvalid.class)
        .isThrownBy(() -> read(VENDORS.replace(good, bad)))
        .satisfies(e -> assertThat(e.problems()).anyMatch(line -> line.contains(problem)));
  }

  @Test
  void custodiansAreNamedOrItIsForDevelopmentOrNeither() throws Exception {
    assertThat(read("").custodians()).isEqualTo(new Custodians.Unnamed());
    assertThat(read("[custodians]\ndevelopment = true\n").custodians())
        .isEqualTo(new Custodians.Alone());
    name("custodian-1.pem", "custodian-2.pem");
    var two = read(custodians("custodian-1.pem", "custodian-2.pem")).custodians().approving();
    assertThat(two).isPresent();
    assertThat(two.get().required()).isEqualTo(2);
  }

  @Test
  void oneCustodianAndOneCertificateTwiceAreNone() throws Exception {
    name("custodian-1.pem");
    assertRefused(custodians("custodian-1.pem"), "custodians: 2 of 1 custodians cannot approve");
    assertRefused(
        custodians("custodian-1.pem", "custodian-1.pem"), "two custodians have the same key");
    assertRefused(custodians("nobody.pem", "custodian-1.pem"), "custodian[1].certificate: no such");
    assertRefused("[custodians]\nrequired = 1\n", "custodians.required: must be from 2 to 100");
    assertRefused("[custodians]\ndevelopment = false\n", "2 of 0 custodians cannot approve");
  }

  @Test
  void custodiansAndDevelopmentContradict() throws Exception {
    name("custodian-1.pem", "custodian-2.pem");
    assertRefused(
        custodians("custodian-1.pem", "custodian-2.pem") + "[custodians]\ndevelopment = true\n",
        "custodians.development: is for tokens without custodians");
  }

  private void name(String... files) throws IOException {
    var authority = new DevelopmentAuthority(Instant::now, new SecureRandom(), Duration.ofDays(1));
    for (var file : files) {
      PinnedCertificate.write(directory.resolve(file), authority.officer(file).certificate());
    }
  }

  private static String custodians(String... files) {
    return Stream.of(files)
        .map("[[custodian]]\ncertificate = \"%s\"\n"::formatted)
        .collect(Collectors.joining());
  }

  private void assertRefused(String lines, String problem) {
    assertThatExceptionOfType(SettingsInvalid.class)
        .isThrownBy(() -> read(lines))
        .satisfies(e -> assertThat(e.problems()).anyMatch(line -> line.contains(problem)));
  }
}
