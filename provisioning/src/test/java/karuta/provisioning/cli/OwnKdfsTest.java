package karuta.provisioning.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import karuta.agreement.AgreementUse;
import karuta.agreement.Kdf;
import karuta.card.EpochId;
import karuta.command.CommandFailed;
import karuta.document.DocumentException;
import karuta.provisioning.ceremony.CeremonyFile;
import karuta.provisioning.ceremony.Request;
import karuta.provisioning.ceremony.Response;
import karuta.token.TokenName;
import karuta.token.key.TokenKdf;
import karuta.token.key.TokenKdfs;
import karuta.token.testing.FakeBench;
import karuta.token.testing.TokenPair;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Two custodians whose tokens, or whose words, do not agree on how the key is derived: nothing is made, and who said
/// what is said.
class OwnKdfsTest {
  private static final EpochId EPOCH = new EpochId("2026a");
  private static final Instant NOW = Instant.parse("2026-01-05T09:00:00Z");
  private static final Path FILE = Path.of("usb/2026a.response");
  private static final TokenName ISSUER = new TokenName("hsm-i", "11");
  private static final TokenName VERIFIER = new TokenName("hsm-v", "22");
  private static final long VENDORS = 0x8000_0003L;
  private static final TokenKdf VENDOR =
      new TokenKdf(Kdf.CKD_SHA256_KDF, "CKD_CLOUDHSM_X963_SHA256_KDF", VENDORS);

  private FakeBench bench;
  private TokenPair pair;

  @BeforeEach
  void open() {
    bench = new FakeBench();
    pair = TokenPair.on(bench);
  }

  @AfterEach
  void close() {
    pair.close();
  }

  private OwnKdfs issuer(AgreementUse use) {
    return new OwnKdfs(ISSUER, TokenKdfs.of(pair.issuer().token(), List.of()), use);
  }

  private OwnKdfs verifier(AgreementUse use, TokenKdf... vendors) {
    var found = TokenKdfs.of(pair.verifier().token(), List.of(vendors));
    return new OwnKdfs(VERIFIER, found, use);
  }

  private static Request request(AgreementUse use, Kdf... offer) {
    return new Request(EPOCH, "11", use, List.of(offer), new byte[65], NOW);
  }

  private static Response response(AgreementUse use, Kdf kdf) {
    var asked = TokenKdf.standard(kdf);
    return new Response(EPOCH, "0".repeat(64), "22", use, asked, new byte[65], NOW);
  }

  @Test
  void withoutADerivationNothingIsOfferedForProduction() {
    assertThatExceptionOfType(CommandFailed.class)
        .isThrownBy(() -> issuer(AgreementUse.PRODUCTION).offer())
        .withMessage(
            "the token hsm-i (serial 11) has no key derivation function for production; it has:"
                + " CKD_NULL 0x00000001, for development only (an agreement for development is"
                + " marked so on both sides: --development)");
    assertThat(issuer(AgreementUse.DEVELOPMENT).offer()).containsExactly(Kdf.CKD_NULL);
  }

  @Test
  void whatIsMarkedOnOneSideOnlyIsRefused() {
    bench.fake().kdfs(Kdf.values());
    var request = request(AgreementUse.DEVELOPMENT, Kdf.CKD_SHA256_KDF);
    assertThatExceptionOfType(CommandFailed.class)
        .isThrownBy(() -> verifier(AgreementUse.PRODUCTION).answer(request))
        .withMessage(
            "the issuer token 11 asks for an agreement for development, this command is for one for"
                + " production; agree on one of the two, and give --development on both sides or on"
                + " neither");
    assertThat(verifier(AgreementUse.DEVELOPMENT).answer(request).computes())
        .isEqualTo(Kdf.CKD_SHA256_KDF);
  }

  @Test
  void twoTokensWithNothingInCommonAreToldWhatEachHas() {
    bench.fake().kdfs(Kdf.CKD_SHA256_KDF);
    var request = request(AgreementUse.PRODUCTION, Kdf.CKD_SHA256_KDF_SP800);
    assertThatExceptionOfType(CommandFailed.class)
        .isThrownBy(() -> verifier(AgreementUse.PRODUCTION).answer(request))
        .withMessage(
            "the issuer token 11 offers to derive the key with CKD_SHA256_KDF_SP800, the verifier"
                + " token hsm-v (serial 22) has CKD_SHA256_KDF; no key derivation function is"
                + " both's");
  }

  @Test
  void theIssuersOrderDecidesAndTheVerifiersOwnNumberIsUsed() {
    bench.fake().kdfs(Map.of(VENDORS, Kdf.CKD_SHA256_KDF, 0x10L, Kdf.CKD_SHA256_KDF_SP800));
    var verifier = verifier(AgreementUse.PRODUCTION, VENDOR);
    var first = request(AgreementUse.PRODUCTION, Kdf.CKD_SHA256_KDF, Kdf.CKD_SHA256_KDF_SP800);
    assertThat(verifier.answer(first)).isEqualTo(VENDOR);
    var other = request(AgreementUse.PRODUCTION, Kdf.CKD_SHA256_KDF_SP800, Kdf.CKD_SHA256_KDF);
    assertThat(verifier.answer(other)).isEqualTo(TokenKdf.standard(Kdf.CKD_SHA256_KDF_SP800));
  }

  /// A wrongly written number derives a key that nobody else has.
  @Test
  void aNumberThatComputesSomethingElseIsNamed() {
    bench.fake().kdfs(Map.of(VENDORS, Kdf.CKD_SHA256_KDF_SP800));
    assertThatExceptionOfType(CommandFailed.class)
        .isThrownBy(() -> verifier(AgreementUse.PRODUCTION, VENDOR).offer())
        .withMessageContaining(
            "it has: CKD_CLOUDHSM_X963_SHA256_KDF 0x80000003 derives something else than"
                + " CKD_SHA256_KDF");
  }

  @Test
  void aResponseMadeOtherwiseThanOfferedIsRefused() throws Exception {
    bench.fake().kdfs(Kdf.values());
    var issuer = issuer(AgreementUse.PRODUCTION);
    var request =
        new CeremonyFile<>(request(AgreementUse.PRODUCTION, Kdf.CKD_SHA256_KDF), "0".repeat(64));
    assertThat(issuer.accept(request, response(AgreementUse.PRODUCTION, Kdf.CKD_SHA256_KDF), FILE))
        .isEqualTo(TokenKdf.standard(Kdf.CKD_SHA256_KDF));
    for (var wrong :
        List.of(
            response(AgreementUse.PRODUCTION, Kdf.CKD_SHA256_KDF_SP800),
            response(AgreementUse.DEVELOPMENT, Kdf.CKD_SHA256_KDF),
            response(AgreementUse.DEVELOPMENT, Kdf.CKD_NULL))) {
      assertThatExceptionOfType(DocumentException.class)
          .isThrownBy(() -> issuer.accept(request, wrong, FILE))
          .withMessage(
              "usb/2026a.response: the issuer token 11 offers CKD_SHA256_KDF, for production; the"
                  + " verifier token 22 has derived with %s, for %s",
              wrong.kdf().computes(), wrong.use().label());
    }
  }
}
