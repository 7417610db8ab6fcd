package karuta.token;

import static karuta.token.Refusal.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import karuta.cryptoki.Attribute;
import karuta.cryptoki.CkFunction;
import karuta.cryptoki.Cka;
import karuta.cryptoki.Ckr;
import karuta.cryptoki.ObjectClass;
import karuta.cryptoki.Template;
import karuta.token.key.JournalHeads;
import karuta.token.key.KeyAudit;
import karuta.token.key.Remembered;
import karuta.token.testing.Bench;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What a token remembers of guards, and what becomes of it when things end in the middle.
abstract class JournalHeadsContract {
  static final String GUARD = "tokyo-1";
  static final Remembered FIRST = new Remembered(100, "");
  static final Remembered SECOND = new Remembered(200, "a".repeat(43));

  Bench bench;
  Token token;
  JournalHeads heads;

  abstract Bench newBench();

  @BeforeEach
  void begin() {
    bench = newBench();
    token = open(bench.initialise("karuta verifier"));
    heads = new JournalHeads(token);
  }

  private Token open(TokenName name) {
    return Token.open(
        bench.module(), name, bench.pin(), TokenSettings.defaults(), InstantSource.system());
  }

  @AfterEach
  void end() {
    token.close();
    bench.close();
  }

  /// What the audit says of heads; a bench may have made keys before.
  private List<Finding> audit(TokenRole role) {
    return KeyAudit.of(token, role, Set.of()).stream()
        .filter(finding -> finding.key().startsWith("guard-head-"))
        .toList();
  }

  private List<Finding> audit() {
    return audit(TokenRole.VERIFIER);
  }

  int objects(String guard) {
    var search = new KeyRef(ObjectClass.DATA, "guard-head-" + guard).search();
    return token.<Integer>reading(lease -> lease.findAll(search).size());
  }

  /// What [JournalHeads] makes, written down a second time.
  private static Template template(String value) {
    return Template.of(
        Attribute.of(Cka.CKA_CLASS, ObjectClass.DATA.code()),
        Attribute.of(Cka.CKA_TOKEN, true),
        Attribute.of(Cka.CKA_PRIVATE, true),
        Attribute.of(Cka.CKA_LABEL, "guard-head-" + GUARD),
        Attribute.of(Cka.CKA_APPLICATION, "karuta"),
        Attribute.of(Cka.CKA_VALUE, value.getBytes(StandardCharsets.UTF_8)),
        Attribute.of(Cka.CKA_COPYABLE, false),
        Attribute.of(Cka.CKA_MODIFIABLE, false));
  }

  /// As if another process had made it.
  private void make(Template template) {
    token.alone(lease -> lease.cryptoki().createObject(lease.session(), template));
  }

  @Test
  void nothingIsRememberedOfAGuardThatHasNotBegun() {
    assertThat(heads.read(GUARD)).isEmpty();
    assertThat(heads.all()).isEmpty();
  }

  @Test
  void theLastAdvanceIsRememberedAndNothingElse() {
    heads.advance(GUARD, FIRST);
    assertThat(heads.read(GUARD)).contains(FIRST);
    heads.advance(GUARD, SECOND);
    assertThat(heads.read(GUARD)).contains(SECOND);
    assertThat(objects(GUARD)).isEqualTo(1);
    assertThat(heads.all()).containsExactly(GUARD);
  }

  /// A token outlives this program, so what it has written is read by the next one.
  @Test
  void theValueIsWrittenAsItAlwaysWas() {
    make(template("v1 200 " + "a".repeat(43)));
    assertThat(heads.read(GUARD)).contains(SECOND);
    heads.forget(GUARD);
    make(template("v1 100 none"));
    assertThat(heads.read(GUARD)).contains(FIRST);
  }

  @Test
  void aStepBackIsRefusedAndChangesNothing() {
    heads.advance(GUARD, SECOND);
    for (var back :
        List.of(FIRST, new Remembered(199, "b".repeat(43)), new Remembered(200, "b".repeat(43)))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> heads.advance(GUARD, back))
          .withMessageContaining("guard-head-tokyo-1 is at number 200 already");
    }
    assertThat(heads.read(GUARD)).contains(SECOND);
    assertThat(objects(GUARD)).isEqualTo(1);
  }

  @Test
  void theSameAgainMakesNothing() {
    heads.advance(GUARD, SECOND);
    var made = bench.faults().calls(CkFunction.C_CreateObject);
    heads.advance(GUARD, SECOND);
    assertThat(bench.faults().calls(CkFunction.C_CreateObject)).isEqualTo(made);
    assertThat(heads.read(GUARD)).contains(SECOND);
  }

  @Test
  void anEndBetweenMakingAndDestroyingLeavesTheHigher() {
    heads.advance(GUARD, FIRST);
    bench.faults().failNext(CkFunction.C_DestroyObject, Ckr.CKR_DEVICE_ERROR);
    assertThatExceptionOfType(TokenUnavailable.class)
        .isThrownBy(() -> heads.advance(GUARD, SECOND));
    assertThat(objects(GUARD)).isEqualTo(2);
    assertThat(heads.read(GUARD)).contains(SECOND);
    assertThat(audit()).isEmpty();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> heads.advance(GUARD, new Remembered(150, "c".repeat(43))));
    heads.advance(GUARD, SECOND);
    assertThat(objects(GUARD)).as("the call made again removes the lower").isEqualTo(1);
    assertThat(heads.read(GUARD)).contains(SECOND);
  }

  @Test
  void anEndBeforeMakingLeavesTheLower() {
    heads.advance(GUARD, FIRST);
    bench.faults().failNext(CkFunction.C_CreateObject, Ckr.CKR_DEVICE_ERROR);
    assertThatExceptionOfType(TokenUnavailable.class)
        .isThrownBy(() -> heads.advance(GUARD, SECOND));
    assertThat(heads.read(GUARD)).contains(FIRST);
  }

  /// Whichever was made last, and in whichever order the token tells of them.
  @Test
  void ofTwoTheHigherHoldsUntilTheNextAdvance() {
    make(template("v1 1000 none"));
    make(template("v1 999 none"));
    make(template("v1 998 none"));
    restart();
    assertThat(heads.read(GUARD)).contains(new Remembered(1000, ""));
    restart();
    assertThat(heads.read(GUARD)).contains(new Remembered(1000, ""));
    var next = new Remembered(1001, "d".repeat(43));
    heads.advance(GUARD, next);
    assertThat(objects(GUARD)).isEqualTo(1);
    assertThat(heads.read(GUARD)).contains(next);
  }

  private void restart() {
    bench
        .module()
        .restart(bench.module().epoch(), Deadline.after(TokenSettings.defaults().deadline()));
  }

  @Test
  void anotherGuardsHeadIsLeftAlone() {
    heads.advance("tokyo", FIRST);
    heads.advance("tokyo-10", FIRST);
    heads.advance(GUARD, SECOND);
    heads.advance(GUARD, new Remembered(300, ""));
    heads.forget(GUARD);
    assertThat(heads.read("tokyo")).contains(FIRST);
    assertThat(heads.read("tokyo-10")).contains(FIRST);
    assertThat(heads.read(GUARD)).isEmpty();
    assertThat(heads.all()).containsExactly("tokyo", "tokyo-10");
  }

  @Test
  void itOutlivesEveryLoss() {
    heads.advance(GUARD, SECOND);
    Behind.itsBack(
        bench.module(), token.name(), (cryptoki, slot) -> cryptoki.closeAllSessions(slot));
    assertThat(heads.read(GUARD)).contains(SECOND);
    Behind.itsBack(bench.module(), token.name(), Behind::logOut);
    assertThat(heads.read(GUARD)).as("who is not logged in finds none").contains(SECOND);
    Behind.itsBack(bench.module(), token.name(), Behind::logOut);
    heads.advance(GUARD, SECOND);
    assertThat(objects(GUARD)).isEqualTo(1);
    restart();
    assertThat(heads.read(GUARD)).contains(SECOND);
    token.close();
    token = open(token.name());
    assertThat(new JournalHeads(token).read(GUARD)).contains(SECOND);
  }

  @Test
  void nobodyChangesOrCopiesIt() {
    heads.advance(GUARD, SECOND);
    var search = new KeyRef(ObjectClass.DATA, "guard-head-" + GUARD).search();
    token.alone(
        lease -> {
          var object = lease.findAll(search).getFirst();
          var other = Template.of(Attribute.of(Cka.CKA_VALUE, new byte[3]));
          assertRefused(
              Ckr.CKR_ACTION_PROHIBITED,
              () -> lease.cryptoki().setAttributeValue(lease.session(), object, other));
          assertRefused(
              Ckr.CKR_ACTION_PROHIBITED,
              () -> lease.cryptoki().copyObject(lease.session(), object, other));
          return object;
        });
    assertThat(heads.read(GUARD)).contains(SECOND);
  }

  @Test
  void anObjectThatNeedsNoPinIsNotBelieved() {
    heads.advance(GUARD, FIRST);
    make(template("v1 900 none").with(Attribute.of(Cka.CKA_PRIVATE, false)));
    assertThat(heads.read(GUARD)).contains(FIRST);
    heads.advance(GUARD, SECOND);
    assertThat(audit())
        .containsExactly(new Finding("guard-head-tokyo-1", "CKA_PRIVATE", "true", "false"));
    heads.forget(GUARD);
    assertThat(audit()).isEmpty();
  }

  @Test
  void whatCannotBeReadIsRefusedAndNamed() {
    for (var value :
        List.of(
            "v2 100 none",
            "v1 0100 none",
            "v1 0 none",
            "v1 -1 none",
            "v1 9223372036854775808 none",
            "v1 100 ",
            "v1 100 short",
            "v1 100 none\n",
            "v1 \u0661 none",
            "100")) {
      heads.advance(GUARD, FIRST);
      make(template(value));
      assertThatExceptionOfType(KeyPolicyViolation.class)
          .as(value)
          .isThrownBy(() -> heads.read(GUARD));
      assertThatExceptionOfType(KeyPolicyViolation.class)
          .as(value)
          .isThrownBy(() -> heads.advance(GUARD, SECOND));
      assertThat(objects(GUARD)).as(value).isEqualTo(2);
      assertThat(audit()).as(value).extracting(Finding::attribute).containsExactly("CKA_VALUE");
      heads.forget(GUARD);
      assertThat(objects(GUARD)).as(value).isZero();
    }
  }

  @Test
  void theAuditKnowsItAndNamesOneThatCanBeChanged() {
    heads.advance(GUARD, SECOND);
    assertThat(audit()).isEmpty();
    assertThat(audit(TokenRole.ISSUER))
        .as("no guard has an issuer token")
        .containsExactly(new Finding("guard-head-tokyo-1", "presence", "absent", "on the token"));
    make(template("v1 900 none").with(Attribute.of(Cka.CKA_MODIFIABLE, true)));
    assertThat(audit())
        .containsExactly(new Finding("guard-head-tokyo-1", "CKA_MODIFIABLE", "false", "true"));
  }

  @Test
  void theAuditNamesAHeadOfNobody() {
    make(template("v1 900 none").with(Attribute.of(Cka.CKA_LABEL, "guard-head-Tokyo 1")));
    assertThat(audit())
        .containsExactly(
            new Finding(
                "guard-head-Tokyo 1", "CKA_LABEL", "guard-head-<guard>", "no guard's name"));
  }

  @Test
  void aForgottenGuardMayBeginAnew() {
    heads.advance(GUARD, SECOND);
    heads.forget(GUARD);
    assertThat(heads.read(GUARD)).isEmpty();
    assertThatExceptionOfType(KeyNotFound.class).isThrownBy(() -> heads.forget(GUARD));
    heads.advance(GUARD, FIRST);
    assertThat(heads.read(GUARD)).contains(FIRST);
  }
}
