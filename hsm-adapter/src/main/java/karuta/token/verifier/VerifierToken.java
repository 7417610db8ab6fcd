package karuta.token.verifier;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import karuta.card.EpochId;
import karuta.secret.SecretBytes;
import karuta.token.Check;
import karuta.token.Finding;
import karuta.token.KeyLimitReached;
import karuta.token.KeyNotFound;
import karuta.token.KeyPolicyViolation;
import karuta.token.KeyRef;
import karuta.token.SessionLease;
import karuta.token.Token;
import karuta.token.TokenUntrusted;
import karuta.token.Verdict;
import karuta.token.check.CheckValue;
import karuta.token.check.VerdictCheck;
import karuta.token.key.EphemeralPair;
import karuta.token.key.KeyPolicy;
import karuta.token.key.SigningKeys;
import karuta.token.key.TokenKdf;

/// What the online token does: check an answer, sign a receipt, sign a seal.
///
/// It gives no verdict from a token that has not shown, since it was last found, that it tells right from wrong and a
/// wrong answer from a fault.
public final class VerifierToken {
  private static final KeyPolicy POLICY = KeyPolicy.BOOK_VERIFYING;

  /// No incarnation of a token has this number.
  private static final long NEVER = -1;

  private final Token token;
  private final SigningKeys receipts;
  private final SigningKeys seals;
  private final Map<EpochId, Trust> trusted = new ConcurrentHashMap<>();

  public VerifierToken(Token token) {
    this.token = token;
    this.receipts = new SigningKeys(token, KeyPolicy.RECEIPT);
    this.seals = new SigningKeys(token, KeyPolicy.SEAL);
  }

  /// What the self-test passes with, and in which incarnation of the token it last did.
  private static final class Trust {
    private final byte[] checkValue;
    private final long incarnation;

    Trust(byte[] checkValue, long incarnation) {
      this.checkValue = checkValue;
      this.incarnation = incarnation;
    }
  }

  /// The token underneath: health, audit, keep-alive, close.
  public Token token() {
    return token;
  }

  /// Checks a tag with `book-<epoch>`. Three ends: right, wrong, exception.
  ///
  /// It refuses until [#selfTest] has passed for this epoch, and repeats that test by itself after every recovery.
  ///
  /// @throws TokenUntrusted if no self-test has passed
  /// @throws karuta.token.KeyNotFound if there is no such key
  /// @throws KeyLimitReached if the token itself limits the uses of the key, and there is none left
  public Verdict verify(EpochId epoch, SecretBytes macInput, byte[] tag) {
    return using(
        epoch,
        (lease, ref) -> {
          requireTrust(lease, epoch);
          return lease.verify(lease.resolve(ref), macInput, tag);
        });
  }

  private <T> T using(EpochId epoch, BiFunction<SessionLease, KeyRef, T> use) {
    var ref = POLICY.ref(POLICY.label(epoch.value()));
    return token.limits().using(ref.label(), () -> token.reading(lease -> use.apply(lease, ref)));
  }

  private void requireTrust(SessionLease lease, EpochId epoch) {
    var trust = trusted.get(epoch);
    if (trust == null) {
      throw new TokenUntrusted("no self-test has passed for epoch " + epoch, List.of());
    }
    if (trust.incarnation != lease.incarnation()) {
      var failed = failed(test(lease, epoch, trust.checkValue));
      if (!failed.isEmpty()) {
        throw new TokenUntrusted(
            "the token fails the self-test before its next verdict: " + failed.getFirst(), failed);
      }
    }
  }

  private static List<Check> failed(List<Check> checks) {
    return checks.stream().filter(check -> !check.passed()).toList();
  }

  private List<Check> test(SessionLease lease, EpochId epoch, byte[] checkValue) {
    // Noted before: a token found again meanwhile was not the one tested.
    var tested = lease.incarnation();
    var checks = VerdictCheck.run(lease, POLICY.label(epoch.value()), checkValue);
    if (failed(checks).isEmpty()) {
      trusted.put(epoch, new Trust(checkValue.clone(), tested));
    }
    return checks;
  }

  /// Checks the issuer's check value, which proves that both tokens hold the same key.
  public Verdict verifyCheckValue(EpochId epoch, byte[] checkValue) {
    return using(
        epoch,
        (lease, ref) -> {
          try (var input = CheckValue.input()) {
            var key = lease.find(ref).orElseThrow(() -> new KeyNotFound(ref.label()));
            return lease.verify(key, input, checkValue);
          }
        });
  }

  /// The self-test at every start: right, one bit changed, too short, signing refused, attributes as the
  /// policy says. If all pass, the check value is kept and the test repeated after every recovery; if not, verdicts are
  /// refused.
  ///
  /// @param checkValue 32 bytes
  /// @throws karuta.token.KeyNotFound if there is no such key
  /// @throws KeyLimitReached if the token itself limits the uses of the key, and there is none left; the test is made
  ///     before the first verdict then
  public List<Check> selfTest(EpochId epoch, byte[] checkValue) {
    if (checkValue.length != CheckValue.BYTES) {
      throw new IllegalArgumentException("a check value has 32 bytes, not " + checkValue.length);
    }
    trusted.remove(epoch);
    try {
      return using(epoch, (lease, _) -> test(lease, epoch, checkValue));
    } catch (KeyLimitReached e) {
      trusted.put(epoch, new Trust(checkValue.clone(), NEVER));
      throw e;
    }
  }

  /// The `receipt-<n>` keys.
  public SigningKeys receipts() {
    return receipts;
  }

  /// The `seal-<n>` keys.
  public SigningKeys seals() {
    return seals;
  }

  /// Answers a key agreement in one call: pair made, verify-only key derived, private key destroyed, token audited. The
  /// private key that could derive a signing twin never outlives the call.
  ///
  /// @param peerPoint the issuer's point, uncompressed, 65 bytes
  /// @param kdf what to derive with
  /// @return this token's point, uncompressed, 65 bytes
  /// @throws IllegalArgumentException if the point is not on the curve
  /// @throws KeyPolicyViolation if `book-<epoch>` exists or came out otherwise than asked
  public byte[] respondAgreement(EpochId epoch, byte[] peerPoint, TokenKdf kdf) {
    var label = POLICY.label(epoch.value());
    return token.alone(
        lease -> {
          if (lease.find(POLICY.ref(label)).isPresent()) {
            throw new KeyPolicyViolation(new Finding(label, "presence", "absent", "taken"));
          }
          var pair = EphemeralPair.make(lease);
          pair.deriveBookKey(lease, POLICY, label, peerPoint, kdf);
          return pair.publicPoint();
        });
  }

  /// Whether `book-<epoch>` is there.
  public boolean hasBookKey(EpochId epoch) {
    return token.reading(lease -> lease.find(POLICY.ref(POLICY.label(epoch.value()))).isPresent());
  }

  /// Destroys `book-<epoch>`.
  ///
  /// @throws karuta.token.KeyNotFound if there is none
  public void destroyBookKey(EpochId epoch) {
    trusted.remove(epoch);
    token.alone(
        lease -> {
          lease.destroy(POLICY.ref(POLICY.label(epoch.value())));
          return epoch;
        });
  }
}
