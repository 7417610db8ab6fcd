package karuta.guard.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.IntStream;
import karuta.approval.Approval;
import karuta.approval.ApprovalRequest;
import karuta.approval.Officers;
import karuta.document.KeySigner;
import karuta.softhsm.Credential;
import karuta.softhsm.DevelopmentAuthority;

/// Three officers, two of whom have to approve. They are numbered from 1.
public final class TestOfficers {
  private static final Duration LONG = Duration.ofDays(3_650);

  private final List<Credential> credentials;

  /// Those who have to approve.
  public final Officers officers;

  /// @param time a day after their certificates begin
  public TestOfficers(InstantSource time) {
    var authority =
        new DevelopmentAuthority(
            () -> time.instant().minus(Duration.ofDays(1)), new SecureRandom(), LONG);
    this.credentials =
        IntStream.rangeClosed(1, 3)
            .mapToObj(number -> authority.officer("officer-" + number))
            .toList();
    this.officers = new Officers(2, credentials.stream().map(Credential::certificate).toList());
  }

  /// The key of one of them.
  public Credential credential(int officer) {
    return credentials.get(officer - 1);
  }

  /// The approvals of some.
  public List<Approval> approve(ApprovalRequest request, int... by) {
    return IntStream.of(by).mapToObj(officer -> approval(request, officer)).toList();
  }

  private Approval approval(ApprovalRequest request, int officer) {
    try {
      var signer = new KeySigner(credential(officer).certificate(), credential(officer).key());
      return new Approval("approval-" + officer, Approval.sign(request, signer).document());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
