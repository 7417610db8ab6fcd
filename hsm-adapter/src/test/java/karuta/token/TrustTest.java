package karuta.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import karuta.agreement.Kdf;
import karuta.card.BatchId;
import karuta.card.EpochId;
import karuta.cryptoki.CkFunction;
import karuta.cryptoki.Ckr;
import karuta.token.check.Compatibility;
import karuta.token.key.EphemeralPair;
import karuta.token.key.KeyAudit;
import karuta.token.key.TokenKdf;
import karuta.token.testing.FakeBench;
import karuta.token.testing.FakeCryptoki.Quirk;
import karuta.token.testing.PlainInput;
import karuta.token.testing.TokenPair;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Tokens that say they do what was asked, and do not.
class TrustTest {
  private static final EpochId EPOCH = new EpochId("e1");
  private static final TokenKdf NULL = TokenKdf.standard(Kdf.CKD_NULL);

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

  private byte[] exchange() {
    try (var agreement = pair.issuer().beginAgreement(EPOCH)) {
      var answer = pair.verifier().respondAgreement(EPOCH, agreement.publicPoint(), NULL);
      return agreement.complete(answer, NULL).checkValue();
    }
  }

  @Test
  void aTokenThatCallsAWrongMacAFaultGivesNoVerdicts() {
    var checkValue = exchange();
    bench.fake().quirk(Quirk.WRONG_MAC_IS_A_FAULT);
    assertThat(pair.verifier().selfTest(EPOCH, checkValue))
        .filteredOn(check -> !check.passed())
        .extracting(Check::detail)
        .first()
        .isEqualTo("C_Verify: CKR_DEVICE_ERROR (0x30) instead of CKR_SIGNATURE_INVALID");
    var tag = PlainInput.tag(pair.issuer(), EPOCH, new byte[3]);
    assertThatExceptionOfType(TokenUntrusted.class)
        .isThrownBy(() -> PlainInput.verify(pair.verifier(), EPOCH, new byte[3], tag));
    assertThat(pair.verifier().token().health().recoveries()).isZero();
  }

  @Test
  void theSelfTestIsRepeatedAfterARecovery() {
    pair.agree(EPOCH);
    var tag = PlainInput.tag(pair.issuer(), EPOCH, new byte[3]);
    bench.fake().quirk(Quirk.WRONG_MAC_IS_A_FAULT);
    var module = bench.module();
    module.restart(module.epoch(), Deadline.after(Duration.ofSeconds(5)));
    assertThatExceptionOfType(TokenUntrusted.class)
        .isThrownBy(() -> PlainInput.verify(pair.verifier(), EPOCH, new byte[3], tag))
        .satisfies(e -> assertThat(e.failed()).isNotEmpty());
  }

  @Test
  void aKeyThatIsNotWhatWasAskedIsNamedAndDestroyed() {
    bench.fake().quirk(Quirk.EVERYTHING_SIGNS);
    try (var agreement = pair.issuer().beginAgreement(EPOCH)) {
      assertThatExceptionOfType(KeyPolicyViolation.class)
          .isThrownBy(() -> pair.verifier().respondAgreement(EPOCH, agreement.publicPoint(), NULL))
          .withMessageContaining("book-e1: CKA_SIGN should be false but is true");
    }
    assertThat(pair.verifier().hasBookKey(EPOCH)).isFalse();
    assertThat(KeyAudit.of(pair.verifier().token(), TokenRole.VERIFIER, Set.of())).isEmpty();
  }

  @Test
  void whatCannotBeReadBackIsNotKept() {
    var batch = new BatchId("b1");
    bench.faults().failNext(CkFunction.C_GetAttributeValue, Ckr.CKR_ARGUMENTS_BAD);
    assertThatExceptionOfType(PkcsFault.class).isThrownBy(() -> pair.issuer().makeLayoutKey(batch));
    assertThat(pair.issuer().hasLayoutKey(batch)).isFalse();
  }

  @Test
  void aBookKeyIsNotKeptWhileTheKeyThatMadeItWillNotGo() {
    try (var agreement = pair.issuer().beginAgreement(EPOCH)) {
      bench.faults().failNext(CkFunction.C_DestroyObject, Ckr.CKR_FUNCTION_REJECTED);
      assertThatExceptionOfType(PkcsFault.class)
          .isThrownBy(() -> pair.verifier().respondAgreement(EPOCH, agreement.publicPoint(), NULL));
    }
    assertThat(pair.verifier().hasBookKey(EPOCH)).isFalse();
    assertThat(KeyAudit.of(pair.verifier().token(), TokenRole.VERIFIER, Set.of())).isEmpty();
  }

  @Test
  void anAttributeTheTokenDoesNotKnowIsNotTakenForFalse() {
    bench.fake().quirk(Quirk.COPYABLE_UNKNOWN);
    assertThatExceptionOfType(KeyPolicyViolation.class)
        .isThrownBy(() -> pair.issuer().makeLayoutKey(new BatchId("b1")))
        .withMessage("layout-b1: CKA_COPYABLE should be false but is unknown to the token");
    assertThat(pair.issuer().hasLayoutKey(new BatchId("b1"))).isFalse();
  }

  @Test
  void aKeyOfWhichItIsNotSaidThatItCannotDeriveIsALeftover() {
    try (var held = pair.verifier().token().hold()) {
      held.alone(EphemeralPair::make);
      bench.fake().quirk(Quirk.DERIVE_UNKNOWN);
      assertThat(
              pair.verifier()
                  .token()
                  .<List<Finding>>reading(lease -> KeyAudit.leftovers(lease, TokenRole.VERIFIER)))
          .contains(
              new Finding("karuta key agreement", "CKA_DERIVE", "false", "unknown to the token"));
    }
  }

  @Test
  void aTokenThatFixesNothingFailsTheCompatibilityList() {
    bench.fake().quirk(Quirk.NOTHING_IS_FIXED);
    assertThat(Compatibility.check(pair.verifier().token(), Set.of()))
        .filteredOn(check -> !check.passed())
        .extracting(Check::name)
        .contains("it cannot be changed", "it cannot be copied");
  }

  @Test
  void aBarePublicPointIsUnderstood() {
    bench.fake().quirk(Quirk.RAW_EC_POINT);
    pair.agree(EPOCH);
    assertThat(pair.verifier().receipts().make(1))
        .isEqualTo(pair.verifier().receipts().publicKey("receipt-1"));
  }
}
