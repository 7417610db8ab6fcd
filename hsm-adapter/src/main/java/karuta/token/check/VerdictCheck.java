package karuta.token.check;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import karuta.cryptoki.Ckm;
import karuta.cryptoki.Ckr;
import karuta.cryptoki.Mechanism;
import karuta.secret.SecretBytes;
import karuta.token.Check;
import karuta.token.Finding;
import karuta.token.SessionLease;
import karuta.token.Verdict;
import karuta.token.key.KeyPolicy;

/// Shows that a token's verdicts can be trusted, before the first one and after every recovery.
///
/// The check that matters most is the second: a token that reports a wrong MAC as a fault (NSS does) would hand out
/// guesses that nobody counts.
public final class VerdictCheck {
  private static final Mechanism HMAC = new Mechanism.Plain(Ckm.CKM_SHA256_HMAC);

  private VerdictCheck() {}

  /// Runs it for one verify-only key.
  ///
  /// @param checkValue the issuer's HMAC of [CheckValue#input]
  /// @throws karuta.cryptoki.CkException if the token is lost meanwhile
  public static List<Check> run(SessionLease lease, String label, byte[] checkValue) {
    var key = lease.resolve(KeyPolicy.BOOK_VERIFYING.ref(label));
    var trial = new Trial(lease);
    verdicts(trial, lease, key, checkValue);
    signing(trial, lease, key);
    var findings = KeyPolicy.BOOK_VERIFYING.audit(lease, key, label);
    trial.note(
        "the key's attributes are what the policy says",
        findings.isEmpty(),
        String.join("; ", findings.stream().map(Finding::toString).toList()));
    return trial.checks();
  }

  static void verdicts(Trial trial, SessionLease lease, long key, byte[] checkValue) {
    var changed = checkValue.clone();
    changed[changed.length - 1] ^= 1;
    var cut = Arrays.copyOf(checkValue, checkValue.length - 1);
    try (var input = CheckValue.input()) {
      trial.gives(
          "a right MAC is right", Verdict.RIGHT, () -> lease.verify(key, input, checkValue));
      trial.refused(
          "a MAC with one bit changed is CKR_SIGNATURE_INVALID",
          Set.of(Ckr.CKR_SIGNATURE_INVALID),
          () -> rawVerify(lease, key, input, changed));
      trial.refused(
          "a MAC one byte short is wrong, not a fault",
          Set.of(Ckr.CKR_SIGNATURE_LEN_RANGE, Ckr.CKR_SIGNATURE_INVALID),
          () -> rawVerify(lease, key, input, cut));
      trial.gives(
          "a right MAC is right again after wrong ones",
          Verdict.RIGHT,
          () -> lease.verify(key, input, checkValue));
    }
  }

  private static void rawVerify(SessionLease lease, long key, SecretBytes input, byte[] mac) {
    lease.cryptoki().verifyInit(lease.session(), HMAC, key);
    lease.cryptoki().verify(lease.session(), input, mac);
  }

  static void signing(Trial trial, SessionLease lease, long key) {
    trial.refused(
        "the verify-only key does not sign",
        () -> {
          try (var input = CheckValue.input()) {
            lease.mac(key, input);
          }
        });
  }
}
