package karuta.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import karuta.cryptoki.Attribute;
import karuta.cryptoki.CkFunction;
import karuta.cryptoki.Cka;
import karuta.cryptoki.ObjectClass;
import karuta.cryptoki.Template;
import karuta.token.key.ApprovedRequests;
import karuta.token.key.KeyAudit;
import karuta.token.key.Remembered;
import karuta.token.testing.FakeBench;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What a token remembers of its custodians' requests. The tests of [JournalHeadsContract] say how such a number is
/// replaced.
class ApprovedRequestsTest {
  private static final Remembered FIRST = new Remembered(1, "a".repeat(43));

  private FakeBench bench;
  private Token token;
  private ApprovedRequests requests;

  @BeforeEach
  void begin() {
    bench = new FakeBench();
    token =
        Token.open(
            bench.module(),
            bench.initialise("karuta issuer"),
            bench.pin(),
            TokenSettings.defaults(),
            InstantSource.system());
    requests = new ApprovedRequests(token);
  }

  @AfterEach
  void end() {
    token.close();
    bench.close();
  }

  @Test
  void theLastOneIsRememberedAndNoOtherOfItsNumber() {
    assertThat(requests.last()).isEmpty();
    requests.remember(FIRST);
    assertThat(requests.last()).contains(FIRST);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> requests.remember(new Remembered(1, "b".repeat(43))))
        .withMessageContaining("last-request is at number 1 or higher already");
    requests.remember(new Remembered(2, "b".repeat(43)));
    assertThat(requests.last()).contains(new Remembered(2, "b".repeat(43)));
    assertThat(objects()).isEqualTo(1);
  }

  /// Two who wait with the same approvals must not both destroy.
  @Test
  void theSameOneIsNotRememberedTwice() {
    requests.remember(FIRST);
    assertThatIllegalArgumentException().isThrownBy(() -> requests.remember(FIRST));
    assertThat(requests.last()).contains(FIRST);
    assertThat(objects()).isEqualTo(1);
  }

  /// Another process has its own session, and makes its object when this one has just looked.
  @Test
  void ofTwoProcessesAtTheSameMomentTheSecondTakesItsOwnBack() {
    var other = new AtomicBoolean();
    bench
        .faults()
        .before(
            CkFunction.C_CreateObject,
            () -> {
              if (other.compareAndSet(false, true)) {
                var slot = bench.fake().getSlotList(true)[0];
                bench
                    .fake()
                    .createObject(bench.fake().openSession(slot, true), object("v1 1 none"));
              }
            });
    assertThatIllegalArgumentException().isThrownBy(() -> requests.remember(FIRST));
    assertThat(requests.last()).contains(new Remembered(1, ""));
    assertThat(objects()).isEqualTo(1);
  }

  private int objects() {
    var search = new KeyRef(ObjectClass.DATA, "last-request").search();
    return token.<Integer>reading(lease -> lease.findAll(search).size());
  }

  @Test
  void itIsNoFindingOnEitherTokenUnlessItIsDamaged() {
    requests.remember(FIRST);
    assertThat(findings()).isEmpty();
    token.alone(lease -> lease.cryptoki().createObject(lease.session(), object("v1 2")));
    assertThat(findings()).hasSize(2).allMatch(finding -> finding.contains("CKA_VALUE"));
  }

  /// As a process leaves them that was killed while it replaced the one before; the higher number holds.
  @Test
  void twoAreSaidUntilTheNextIsCarriedOutAndKeepNoGuardFromStarting() {
    requests.remember(new Remembered(2, "b".repeat(43)));
    assertThat(requests.findings()).isEmpty();
    token.alone(lease -> lease.cryptoki().createObject(lease.session(), object("v1 1 none")));
    assertThat(requests.findings())
        .containsExactly(new Finding("last-request", "presence", "one object", "2 objects"));
    assertThat(findings()).isEmpty();
    assertThat(requests.last()).contains(new Remembered(2, "b".repeat(43)));
    requests.remember(new Remembered(3, ""));
    assertThat(requests.findings()).isEmpty();
  }

  private static Template object(String value) {
    return Template.of(
        Attribute.of(Cka.CKA_CLASS, ObjectClass.DATA.code()),
        Attribute.of(Cka.CKA_TOKEN, true),
        Attribute.of(Cka.CKA_PRIVATE, true),
        Attribute.of(Cka.CKA_LABEL, "last-request"),
        Attribute.of(Cka.CKA_VALUE, value.getBytes(StandardCharsets.US_ASCII)),
        Attribute.of(Cka.CKA_COPYABLE, false),
        Attribute.of(Cka.CKA_MODIFIABLE, false));
  }

  private List<String> findings() {
    return List.of(TokenRole.values()).stream()
        .flatMap(role -> KeyAudit.of(token, role, Set.of()).stream())
        .map(Finding::toString)
        .filter(finding -> finding.startsWith("last-request"))
        .toList();
  }
}
