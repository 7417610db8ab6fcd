package karuta.token.testing;

import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import karuta.card.EpochId;
import karuta.token.Check;
import karuta.token.Token;
import karuta.token.TokenSettings;
import karuta.token.issuer.IssuerToken;
import karuta.token.key.TokenKdfs;
import karuta.token.verifier.VerifierToken;

/// An issuer token and a verifier token on one bench.
public final class TokenPair implements AutoCloseable {
  private final Bench bench;
  private final IssuerToken issuer;
  private final VerifierToken verifier;

  private TokenPair(Bench bench, IssuerToken issuer, VerifierToken verifier) {
    this.bench = bench;
    this.issuer = issuer;
    this.verifier = verifier;
  }

  public static TokenPair on(Bench bench) {
    return on(bench, TokenSettings.defaults(), InstantSource.system());
  }

  /// Two open tokens, closed with the pair.
  public static TokenPair of(Bench bench, IssuerToken issuer, VerifierToken verifier) {
    return new TokenPair(bench, issuer, verifier);
  }

  /// Makes both tokens and opens them.
  public static TokenPair on(Bench bench, TokenSettings settings, InstantSource clock) {
    var issuer = bench.initialise("karuta issuer");
    var verifier = bench.initialise("karuta verifier");
    return new TokenPair(
        bench,
        new IssuerToken(Token.open(bench.module(), issuer, bench.pin(), settings, clock)),
        new VerifierToken(Token.open(bench.module(), verifier, bench.pin(), settings, clock)));
  }

  public Bench bench() {
    return bench;
  }

  public IssuerToken issuer() {
    return issuer;
  }

  public VerifierToken verifier() {
    return verifier;
  }

  /// The whole key agreement, up to a passed self-test.
  ///
  /// @return the check value
  public byte[] agree(EpochId epoch) {
    var checkValue = bench.agreed(epoch).orElseGet(() -> exchange(epoch));
    List<Check> checks = verifier.selfTest(epoch, checkValue);
    if (!checks.stream().allMatch(Check::passed)) {
      throw new AssertionError(checks.toString());
    }
    return checkValue;
  }

  private byte[] exchange(EpochId epoch) {
    var issuers = TokenKdfs.of(issuer.token(), Set.of());
    var verifiers = TokenKdfs.of(verifier.token(), Set.of());
    var kdf = issuers.all().stream().filter(verifiers.all()::contains).findFirst().orElseThrow();
    try (var agreement = issuer.beginAgreement(epoch)) {
      var answer =
          verifier.respondAgreement(
              epoch, agreement.publicPoint(), verifiers.of(kdf).orElseThrow());
      return agreement.complete(answer, issuers.of(kdf).orElseThrow()).checkValue();
    }
  }

  /// Closes the tokens, in the order they must be closed before the module.
  void leave() {
    issuer.token().close();
    verifier.token().close();
  }

  /// Closes tokens and bench.
  @Override
  public void close() {
    leave();
    bench.close();
  }
}
