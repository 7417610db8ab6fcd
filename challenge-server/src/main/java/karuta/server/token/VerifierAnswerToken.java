package karuta.server.token;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
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
  private final Map<EpochId, byte[]> checkValues;

  /// Reads the public keys once.
  ///
  /// @param labels the receipt keys to honour, for example `receipt-1`; the last one signs
  /// @param checkValues of the book key of each epoch, 32 bytes
  /// @throws karuta.token.KeyNotFound if the token lacks one
  public VerifierAnswerToken(
      VerifierToken token, List<String> labels, Map<EpochId, byte[]> checkValues) {
    this.token = token;
    this.checkValues = Map.copyOf(checkValues);
    this.keys =
        labels.stream()
            .map(label -> new ReceiptKey(label, token.receipts().publicKey(label)))
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
      return token.receipts().sign(key.label(), data);
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

  /// Looks for every key that answers and receipts need: a token without them answers well and gives no verdict.
  @Override
  public void check() {
    List<String> missing;
    try {
      token.token().keepAlive();
      missing = Stream.concat(missingBookKeys(), missingReceiptKeys()).sorted().toList();
    } catch (TokenException e) {
      throw new TokenUnavailable("the token does not answer", e);
    }
    if (!missing.isEmpty()) {
      throw new TokenUnavailable("the token lacks " + String.join(", ", missing));
    }
  }

  private Stream<String> missingBookKeys() {
    return checkValues.entrySet().stream()
        .filter(
            epoch ->
                !token.hasBookKey(epoch.getKey())
                    || token.verifyCheckValue(epoch.getKey(), epoch.getValue()) != Verdict.RIGHT)
        .map(epoch -> "book-%s of its record".formatted(epoch.getKey()));
  }

  private Stream<String> missingReceiptKeys() {
    return keys.stream().map(ReceiptKey::label).filter(label -> !token.receipts().has(label));
  }
}
