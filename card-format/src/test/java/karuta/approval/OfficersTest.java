package karuta.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import karuta.command.CommandFailed;
import karuta.command.ExitCode;
import karuta.settings.NamedFiles;
import org.junit.jupiter.api.Test;

/// Two of three.
class OfficersTest {
  private static final TestOfficer ONE = TestOfficer.named("officer-1");
  private static final TestOfficer TWO = TestOfficer.named("officer-2");
  private static final TestOfficer THREE = TestOfficer.named("officer-3");
  private static final Officers OFFICERS = officers(2, ONE, TWO, THREE);
  private static final Instant END = Instant.parse("2026-01-06T09:00:00Z");
  private static final Instant NOW = END.minusSeconds(60);
  private static final Duration SOON = Duration.ofDays(30);
  private static final ApprovalRequest REQUEST = request(3);

  private static ApprovalRequest request(long number) {
    return new ApprovalRequest("guard a", number, END, "why", List.of(), List.of("lift trip 2"));
  }

  private static Officers officers(int required, TestOfficer... officers) {
    return new Officers(
        "officers", required, Stream.of(officers).map(one -> one.signer().certificate()).toList());
  }

  private static Approval by(TestOfficer officer, ApprovalRequest request) {
    try {
      return new Approval("file", Approval.sign(request, officer.signer()).document());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Officers.Count count(Approval... approvals) {
    return OFFICERS.count(REQUEST, List.of(approvals), NOW);
  }

  @Test
  void twoOfThreeAreEnough() {
    var approval = by(TWO, REQUEST);
    var count = count(by(ONE, REQUEST), approval);
    assertThat(count.enough()).isTrue();
    assertThat(count.objections()).isEmpty();
    assertThat(count.approved()).hasSize(2).containsEntry(TWO.signer().certificate(), approval);
  }

  @Test
  void oneIsNot() {
    assertThat(count(by(ONE, REQUEST)).enough()).isFalse();
    assertThat(count().enough()).isFalse();
  }

  @Test
  void anOfficerCountsOnce() {
    var count = count(by(ONE, REQUEST), by(ONE, REQUEST));
    assertThat(count.enough()).isFalse();
    assertThat(count.objections()).containsExactly("file: CN=officer-1 counts once");
  }

  @Test
  void anApprovalOfAnotherRequestDoesNotCount() {
    var count = count(by(ONE, REQUEST), by(TWO, request(4)));
    assertThat(count.enough()).isFalse();
    assertThat(count.objections())
        .containsExactly("file: CN=officer-2 has approved another request with it");
  }

  @Test
  void aStrangerWithAnOfficersNameDoesNotCount() {
    var count = count(by(ONE, REQUEST), by(TestOfficer.named("officer-2"), REQUEST));
    assertThat(count.enough()).isFalse();
    assertThat(count.objections())
        .containsExactly("file: not by one of the officers, or changed since it was signed");
  }

  @Test
  void aRequestThatIsOverHasNoApprovals() {
    var approvals = List.of(by(ONE, REQUEST), by(TWO, REQUEST));
    assertThat(OFFICERS.count(REQUEST, approvals, END.minusMillis(1)).enough()).isTrue();
    var late = OFFICERS.count(REQUEST, approvals, END);
    assertThat(late.enough()).isFalse();
    assertThat(late.objections())
        .containsExactly("the request was to be carried out before 2026-01-06T09:00:00Z");
  }

  @Test
  void anOfficerWhoseCertificateHasEndedDoesNotCount() {
    var former = TestOfficer.named("officer-4", TestOfficer.keys("EC"), NOW.minusSeconds(1));
    var count =
        officers(2, ONE, former)
            .count(REQUEST, List.of(by(ONE, REQUEST), by(former, REQUEST)), NOW);
    assertThat(count.enough()).isFalse();
    assertThat(count.objections())
        .containsExactly(
            "file: the certificate of one of the officers (CN=officer-4) ended at 2026-01-06T08:58:59Z;"
                + " get a new one, and compare its fingerprint");
  }

  @Test
  void whoseCertificateEndsIsSaidFromThirtyDaysBefore() {
    var soon = TestOfficer.named("soon", TestOfficer.keys("EC"), NOW.plus(SOON).minusSeconds(1));
    var late = TestOfficer.named("late", TestOfficer.keys("EC"), NOW.plus(SOON));
    var former = TestOfficer.named("former", TestOfficer.keys("EC"), NOW.minusSeconds(1));
    var some = officers(2, soon, late, former);
    var said =
        List.of(
            "the certificate of one of the officers (CN=soon) ends at 2026-02-05T08:58:59Z; get a new one in time",
            "the certificate of one of the officers (CN=former) ended at 2026-01-06T08:58:59Z;"
                + " get a new one, and compare its fingerprint");
    assertThat(some.remarks(NOW)).isEqualTo(said);
    assertThat(some.requireEnough(NOW)).isEqualTo(said);
    assertThatThrownBy(() -> officers(3, soon, late, former).requireEnough(NOW))
        .isInstanceOf(CommandFailed.class)
        .hasMessageStartingWith(
            "3 of the 3 officers have to approve it, and the certificates of 2 are in force\nthe")
        .hasMessageEndingWith(String.join("\n", said))
        .extracting("exitCode")
        .isEqualTo(ExitCode.REFUSED);
  }

  /// Some bytes are not under the signature, such as those of the enclosed certificate. Changing one of them is no use:
  /// it counts as what was signed, or not at all.
  @Test
  void noChangedByteMakesAnApprovalOfSomethingElse() {
    var document = by(TWO, REQUEST).document();
    var refused = 0;
    for (var i = 0; i < document.length; i++) {
      var changed = document.clone();
      changed[i] ^= 1;
      var count = count(new Approval("file", changed));
      var other = OFFICERS.count(request(4), List.of(new Approval("file", changed)), NOW);
      assertThat(other.approved()).isEmpty();
      refused += count.approved().isEmpty() ? 1 : 0;
      assertThat(count.approved().keySet()).isSubsetOf(List.of(TWO.signer().certificate()));
    }
    assertThat(refused).as("of %d bytes", document.length).isGreaterThan(REQUEST.toBytes().length);
  }

  @Test
  void whatIsCutOffOrFollowsSpoilsAnApproval() {
    var document = by(TWO, REQUEST).document();
    for (var length :
        List.of(0, 1, document.length / 2, document.length - 1, document.length + 1)) {
      assertThat(count(new Approval("file", Arrays.copyOf(document, length))).approved())
          .as("%d bytes", length)
          .isEmpty();
    }
    assertThat(count(new Approval("file", new byte[3 << 20])).approved()).isEmpty();
  }

  @Test
  void oneKeyIsOneOfficer() {
    var again = TestOfficer.named("officer-9", ONE.keys(), TestOfficer.UNTIL);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> officers(2, ONE, again))
        .withMessage("two officers have the same key");
  }

  @Test
  void oneOfficerIsNeverEnoughAndMoreThanThereAreNeverCome() {
    for (var required : List.of(0, 1, 3)) {
      assertThatIllegalArgumentException().isThrownBy(() -> officers(required, ONE, TWO));
    }
    assertThat(officers(2, ONE, TWO).all()).isEqualTo(2);
  }

  @Test
  void aKeyThatSignsNoApprovalIsNamed() {
    var rsa = TestOfficer.named("officer-5", TestOfficer.keys("RSA"), TestOfficer.UNTIL);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> officers(2, ONE, rsa))
        .withMessageContaining("CN=officer-5");
  }

  /// Signed by another program (`openssl cms -sign -binary -nodetach -md sha256`).
  @Test
  void theVectorCounts() throws Exception {
    var folder = Path.of("src/test/resources/karuta/approval");
    var files = new NamedFiles(folder.resolve("x"));
    var officers =
        new Officers(
            "officers", 2, List.of(ONE.signer().certificate(), files.certificate("officer.pem")));
    var request = ApprovalRequest.read(ApprovalRequestTest.VECTOR);

    var count =
        officers.count(
            request,
            List.of(Approval.in(folder.resolve("request.approval"))),
            request.expires().minusSeconds(1));

    assertThat(count.objections()).isEmpty();
    assertThat(count.approved()).containsOnlyKeys(files.certificate("officer.pem"));
    assertThat(Files.size(folder.resolve("request.approval"))).isLessThan(2000);
  }
}
