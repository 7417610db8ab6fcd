package karuta.server.token;

import java.time.Duration;
import java.util.List;
import karuta.card.EpochId;
import karuta.card.MacInput;
import karuta.token.Health;
import karuta.token.TokenException;
import karuta.token.Verdict;
import karuta.token.verifier.VerifierToken;

/// A verifier token in this process. What the token cannot say is a [TokenUnavailable], whatever the cause.
public final class VerifierAnswerToken implements AnswerToken {
  private static final Duration STUCK = Duration.ofSeconds(15);

  private final VerifierToken token;
  private final List<ReceiptKey> keys;

  /// Reads the public keys once.
  ///
  /// @param labels the receipt keys to honour, for example `receipt-1`; the last one signs
  /// @throws karuta.token.KeyNotFound if the token lacks one
  public VerifierAnswerToken(VerifierToken token, List<String> labels) {
    this.token = token;
    this.keys =
        labels.stream()
            .map(label -> new ReceiptKey(label, token.signing().publicKey(label)))
            .toList();
  }

  @Override
  public Verdict verify(EpochId epoch, MacInput answer, byte[] tag) {
    try {
      return token.verify(epoch, answer.bytes(), tag);
    } catch (TokenException e) {
      throw new TokenUnavailable("the token gave no verdict", e);
    }
  }

  @Override
  public ReceiptKey signingKey() {
    return keys.getLast();
  }

  @Override
  public List<ReceiptKey> receiptKeys() {
    return keys;
  }

  @Override
  public byte[] sign(ReceiptKey key, byte[] data) {
    try {
      return token.signing().sign(key.label(), data);
    } catch (TokenException e) {
      throw new TokenUnavailable("the token signed no receipt", e);
    }
  }

  /// A call that has been in the token's library for longer than it may is stuck, and others would join it.
  @Override
  public boolean up() {
    var health = token.token().health();
    return health.state() == Health.State.UP && health.longestCall().compareTo(STUCK) < 0;
  }

  @Override
  public void check() {
    try {
      token.token().keepAlive();
    } catch (TokenException e) {
      throw new TokenUnavailable("the token does not answer", e);
    }
  }
}
