package karuta.token;

import static karuta.token.Refusal.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Set;
import karuta.agreement.Kdf;
import karuta.card.EpochId;
import karuta.cryptoki.Attribute;
import karuta.cryptoki.Cka;
import karuta.cryptoki.Ckr;
import karuta.cryptoki.ObjectClass;
import karuta.cryptoki.Template;
import karuta.token.check.Compatibility;
import karuta.token.key.EphemeralPair;
import karuta.token.key.FinishedEpochs;
import karuta.token.key.KeyAudit;
import karuta.token.key.KeyPolicy;
import karuta.token.key.TokenKdf;
import karuta.token.testing.Bench;
import karuta.token.testing.PlainInput;
import karuta.token.testing.Points;
import karuta.token.testing.TokenPair;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// How two tokens come to the same book key, and what must not be left of it.
abstract class AgreementContract {
  private static final EpochId EPOCH = new EpochId("2026-a");
  private static final TokenKdf NULL = TokenKdf.standard(Kdf.CKD_NULL);

  TokenPair pair;

  abstract Bench newBench();

  @BeforeEach
  void open() {
    pair = TokenPair.on(newBench());
  }

  @AfterEach
  void close() {
    pair.close();
  }

  @Test
  void bothTokensEndWithTheSameKeyAndNothingElse() {
    var checkValue = pair.agree(EPOCH);
    assertThat(checkValue).hasSize(32).isEqualTo(pair.issuer().checkValue(EPOCH));
    var label = Set.of("book-2026-a");
    assertThat(KeyAudit.of(pair.issuer().token(), TokenRole.ISSUER, label)).isEmpty();
    assertThat(KeyAudit.of(pair.verifier().token(), TokenRole.VERIFIER, label)).isEmpty();
  }

  /// No file decides whether cards may rest on a key.
  @Test
  void aTokenRemembersWhichEpochsAreFinishedAlsoWhenTheKeyIsGone() {
    var checkValue = pair.agree(EPOCH);
    for (var token : List.of(pair.issuer().token(), pair.verifier().token())) {
      var finished = new FinishedEpochs(token);
      assertThat(finished.has(EPOCH)).isFalse();
      finished.mark(EPOCH, checkValue);
      finished.mark(EPOCH, checkValue);
      assertThat(finished.all()).containsExactly("2026-a");
      token.alone(
          lease -> {
            var mark = lease.find(new KeyRef(ObjectClass.DATA, "finished-2026-a")).orElseThrow();
            var another = Template.of(Attribute.of(Cka.CKA_LABEL, "finished-2026-b"));
            assertRefused(
                Set.of(Ckr.CKR_ACTION_PROHIBITED, Ckr.CKR_ATTRIBUTE_READ_ONLY),
                () -> lease.cryptoki().setAttributeValue(lease.session(), mark, another));
            return mark;
          });
    }
    var label = Set.of("book-2026-a");
    assertThat(KeyAudit.of(pair.issuer().token(), TokenRole.ISSUER, label)).isEmpty();
    assertThat(KeyAudit.of(pair.verifier().token(), TokenRole.VERIFIER, label)).isEmpty();
    pair.verifier().destroyBookKey(EPOCH);
    assertThat(new FinishedEpochs(pair.verifier().token()).has(EPOCH)).isTrue();
    assertThat(KeyAudit.of(pair.verifier().token(), TokenRole.VERIFIER, Set.of())).isEmpty();
  }

  /// A mark is known by its name; any other data object is a finding, and one that can be changed is as well.
  @Test
  void anyOtherDataObjectIsAFinding() {
    pair.issuer()
        .token()
        .alone(
            lease ->
                lease
                    .cryptoki()
                    .createObject(
                        lease.session(),
                        Template.of(
                            Attribute.of(Cka.CKA_CLASS, ObjectClass.DATA.code()),
                            Attribute.of(Cka.CKA_TOKEN, true),
                            Attribute.of(Cka.CKA_PRIVATE, true),
                            Attribute.of(Cka.CKA_MODIFIABLE, true),
                            Attribute.of(Cka.CKA_LABEL, "note"))));
    assertThat(KeyAudit.of(pair.issuer().token(), TokenRole.ISSUER, Set.of()))
        .extracting(Finding::toString)
        .containsExactly(
            "note: CKA_MODIFIABLE should be false but is true",
            "note: presence should be absent but is on the token");
  }

  @Test
  void severalEpochsLiveSideBySide() {
    pair.agree(EPOCH);
    pair.agree(new EpochId("2026-b"));
    var tag = PlainInput.tag(pair.issuer(), EPOCH, new byte[5]);
    assertThat(PlainInput.verify(pair.verifier(), EPOCH, new byte[5], tag))
        .isEqualTo(Verdict.RIGHT);
    assertThat(PlainInput.verify(pair.verifier(), new EpochId("2026-b"), new byte[5], tag))
        .isEqualTo(Verdict.WRONG);
  }

  @Test
  void thePrivateKeyOfAnAgreementDerivesNoTwin() {
    var peer = peerPoint();
    pair.verifier()
        .token()
        .alone(
            lease -> {
              var mine = EphemeralPair.make(lease);
              mine.deriveBookKey(lease, KeyPolicy.BOOK_VERIFYING, "book-x", peer, NULL);
              assertRefused(
                  Set.of(Ckr.CKR_KEY_HANDLE_INVALID, Ckr.CKR_OBJECT_HANDLE_INVALID),
                  () -> mine.derive(lease, peer, NULL, KeyPolicy.BOOK_SIGNING.template("twin")));
              return mine;
            });
  }

  @Test
  void theBookKeyItselfDerivesNothing() {
    pair.agree(EPOCH);
    var peer = peerPoint();
    pair.verifier()
        .token()
        .alone(
            lease -> {
              var key = lease.resolve(KeyRef.secret("book-2026-a"));
              assertRefused(
                  Set.of(Ckr.CKR_KEY_TYPE_INCONSISTENT, Ckr.CKR_KEY_FUNCTION_NOT_PERMITTED),
                  () ->
                      lease
                          .cryptoki()
                          .deriveKey(
                              lease.session(),
                              new karuta.cryptoki.Mechanism.Ecdh1(NULL.number(), peer),
                              key,
                              KeyPolicy.BOOK_SIGNING.template("twin")));
              return key;
            });
  }

  private byte[] peerPoint() {
    try (var agreement = pair.issuer().beginAgreement(new EpochId("peer"))) {
      return agreement.publicPoint();
    }
  }

  @Test
  void aLabelInUseIsRefusedUpFront() {
    pair.agree(EPOCH);
    assertThatExceptionOfType(KeyPolicyViolation.class)
        .isThrownBy(() -> pair.issuer().beginAgreement(EPOCH));
    var peer = peerPoint();
    assertThatExceptionOfType(KeyPolicyViolation.class)
        .isThrownBy(() -> pair.verifier().respondAgreement(EPOCH, peer, NULL));
  }

  @Test
  void aPointThatIsNotTheOthersIsRefusedAndLeavesNothing() {
    try (var agreement = pair.issuer().beginAgreement(EPOCH)) {
      var off = agreement.publicPoint();
      off[64] ^= 1;
      assertThatIllegalArgumentException().isThrownBy(() -> agreement.complete(off, NULL));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> agreement.complete(agreement.publicPoint(), NULL))
          .withMessageContaining("our own");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> pair.verifier().respondAgreement(EPOCH, off, NULL));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> pair.verifier().respondAgreement(EPOCH, new byte[65], NULL));
      // A mistyped file does not cost the agreement.
      var answer = pair.verifier().respondAgreement(EPOCH, agreement.publicPoint(), NULL);
      var made = agreement.complete(answer, NULL);
      assertThat(pair.verifier().verifyCheckValue(EPOCH, made.checkValue()))
          .isEqualTo(Verdict.RIGHT);
    }
    assertThat(KeyAudit.of(pair.verifier().token(), TokenRole.VERIFIER, Set.of("book-2026-a")))
        .isEmpty();
  }

  @Test
  void anAgreementWithAStrangerShowsInTheCheckValueAndCanBeUndone() {
    try (var agreement = pair.issuer().beginAgreement(EPOCH)) {
      var stranger = Points.any();
      pair.verifier().respondAgreement(EPOCH, agreement.publicPoint(), NULL);
      var made = agreement.complete(stranger, NULL);
      assertThat(pair.verifier().verifyCheckValue(EPOCH, made.checkValue()))
          .isEqualTo(Verdict.WRONG);
    }
    pair.issuer().destroyBookKey(EPOCH);
    pair.verifier().destroyBookKey(EPOCH);
    assertThat(pair.issuer().hasBookKey(EPOCH)).isFalse();
    assertThat(pair.verifier().hasBookKey(EPOCH)).isFalse();
    pair.agree(EPOCH);
  }

  @Test
  void oneAgreementAtATime() {
    try (var first = pair.issuer().beginAgreement(EPOCH)) {
      assertThat(first.publicPoint()).hasSize(65);
      assertThatExceptionOfType(KeyPolicyViolation.class)
          .isThrownBy(() -> pair.issuer().beginAgreement(new EpochId("other")))
          .withMessageContaining("CKA_DERIVE");
    }
    pair.agree(EPOCH);
  }

  @Test
  void anAgreementDoesNotOutliveARestart() {
    try (var agreement = pair.issuer().beginAgreement(EPOCH)) {
      var answer = pair.verifier().respondAgreement(EPOCH, agreement.publicPoint(), NULL);
      var module = pair.bench().module();
      module.restart(module.epoch(), Deadline.after(TokenSettings.defaults().deadline()));
      assertThatExceptionOfType(TokenUnavailable.class)
          .isThrownBy(() -> agreement.complete(answer, NULL));
    }
    assertThat(pair.issuer().hasBookKey(EPOCH)).isFalse();
  }

  @Test
  void theCompatibilityListIsPassedAndLeavesNothing() {
    assertThat(Compatibility.check(pair.verifier().token(), Set.of()))
        .hasSizeGreaterThan(20)
        .allSatisfy(check -> assertThat(check.passed()).as(check.toString()).isTrue());
    assertThat(KeyAudit.of(pair.verifier().token(), TokenRole.VERIFIER, Set.of())).isEmpty();
  }
}
