package karuta.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import karuta.agreement.AgreementUse;
import karuta.agreement.Kdf;
import karuta.card.EpochId;
import karuta.token.check.Compatibility;
import karuta.token.key.KeyAudit;
import karuta.token.key.TokenKdf;
import karuta.token.key.TokenKdfs;
import karuta.token.testing.FakeBench;
import karuta.token.testing.TokenPair;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What a token derives with is found by trying, and a number counts for what the token computes by it.
class TokenKdfsTest {
  private static final EpochId EPOCH = new EpochId("e1");
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

  private TokenKdfs found(List<TokenKdf> vendors) {
    return TokenKdfs.of(pair.issuer().token(), vendors);
  }

  @Test
  void allThatATokenHasIsFoundAndNothingIsLeft() {
    bench.fake().kdfs(Kdf.values());
    var found = found(List.of());
    assertThat(found.all())
        .containsExactly(Kdf.CKD_SHA256_KDF, Kdf.CKD_SHA256_KDF_SP800, Kdf.CKD_NULL);
    assertThat(found.allowedIn(AgreementUse.PRODUCTION))
        .containsExactly(Kdf.CKD_SHA256_KDF, Kdf.CKD_SHA256_KDF_SP800);
    assertThat(found.allowedIn(AgreementUse.DEVELOPMENT)).isEqualTo(found.all());
    assertThat(KeyAudit.of(pair.issuer().token(), TokenRole.ISSUER, Set.of())).isEmpty();
  }

  @Test
  void withoutADerivationThereIsNothingForProduction() {
    assertThat(found(List.of()).all()).containsExactly(Kdf.CKD_NULL);
    assertThat(found(List.of()).allowedIn(AgreementUse.PRODUCTION)).isEmpty();
  }

  @Test
  void aVendorsNumberCountsForWhatItComputes() {
    bench.fake().kdfs(Map.of(VENDORS, Kdf.CKD_SHA256_KDF));
    assertThat(found(List.of()).all()).isEmpty();
    var found = found(List.of(VENDOR));
    assertThat(found.all()).containsExactly(Kdf.CKD_SHA256_KDF);
    assertThat(found.of(Kdf.CKD_SHA256_KDF)).contains(VENDOR);
    assertThat(Compatibility.check(pair.verifier().token(), List.of(VENDOR)))
        .allSatisfy(check -> assertThat(check.passed()).as(check.toString()).isTrue());
  }

  /// One side is asked by the vendor's number, the other by the standard's: what counts is what they compute.
  @Test
  void twoNumbersForOneFunctionComeToOneKey() {
    bench
        .fake()
        .kdfs(
            Map.of(
                TokenKdf.standard(Kdf.CKD_SHA256_KDF).number(),
                Kdf.CKD_SHA256_KDF,
                VENDORS,
                Kdf.CKD_SHA256_KDF));
    try (var agreement = pair.issuer().beginAgreement(EPOCH)) {
      var answer =
          pair.verifier()
              .respondAgreement(
                  EPOCH, agreement.publicPoint(), TokenKdf.standard(Kdf.CKD_SHA256_KDF));
      var made = agreement.complete(answer, VENDOR);
      assertThat(pair.verifier().verifyCheckValue(EPOCH, made.checkValue()))
          .isEqualTo(Verdict.RIGHT);
    }
  }

  /// A number written down wrongly, or a token that has its own idea of the standard.
  @Test
  void aNumberThatComputesSomethingElseIsNamedAndNotUsed() {
    bench
        .fake()
        .kdfs(
            Map.of(
                VENDORS,
                Kdf.CKD_SHA256_KDF_SP800,
                TokenKdf.standard(Kdf.CKD_SHA256_KDF_SP800).number(),
                Kdf.CKD_NULL));
    var found = found(List.of(VENDOR));
    assertThat(found.all()).isEmpty();
    assertThat(found.deviating())
        .containsExactly(VENDOR, TokenKdf.standard(Kdf.CKD_SHA256_KDF_SP800));
    assertThat(Compatibility.check(pair.verifier().token(), List.of(VENDOR)))
        .filteredOn(check -> !check.passed())
        .extracting(Check::toString)
        .containsExactly(
            "CKD_CLOUDHSM_X963_SHA256_KDF derives what CKD_SHA256_KDF is: no, it gave false");
  }

  @Test
  void aWholeAgreementIsMadeWithEach() {
    var labels = new HashSet<String>();
    for (var kdf : Kdf.values()) {
      bench.fake().kdfs(kdf);
      var epoch = new EpochId("e-" + labels.size());
      pair.agree(epoch);
      labels.add("book-" + epoch);
    }
    assertThat(KeyAudit.of(pair.verifier().token(), TokenRole.VERIFIER, labels)).isEmpty();
  }
}
