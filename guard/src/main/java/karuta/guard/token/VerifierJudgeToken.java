package karuta.guard.token;

import java.time.Duration;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import karuta.card.EpochId;
import karuta.card.MacInput;
import karuta.guard.client.GuardUnavailable;
import karuta.token.Health;
import karuta.token.KeyLimitReached;
import karuta.token.TokenException;
import karuta.token.Verdict;
import karuta.token.key.SigningKeys;
import karuta.token.verifier.VerifierToken;

/// A verifier token in this process. What the token cannot say is a [GuardUnavailable], whatever the cause.
public final class VerifierJudgeToken implements JudgeToken {
  private final VerifierToken token;
  private final Map<Use, List<SigningKey>> keys = new EnumMap<>(Use.class);
  private final Map<EpochId, byte[]> checkValues;
  private final Duration stuck;

  /// Reads the public keys once.
  ///
  /// @param labels of the keys for each use, for example `receipt-1`; the last one signs
  /// @param checkValues of the book key of each epoch, 32 bytes
  /// @param stuck how long a call may be in the token's library before others are not sent after it
  /// @throws karuta.token.KeyNotFound if the token lacks one
  public VerifierJudgeToken(
      VerifierToken token,
      Map<Use, List<String>> labels,
      Map<EpochId, byte[]> checkValues,
      Duration stuck) {
    this.token = token;
    this.checkValues = Map.copyOf(checkValues);
    this.stuck = stuck;
    labels.forEach(
        (use, names) ->
            keys.put(
                use,
                names.stream()
                    .map(label -> new SigningKey(label, signing(use).publicKey(label)))
                    .toList()));
  }

  @Override
  public Verdict verify(EpochId epoch, MacInput answer, byte[] tag) {
    if (!checkValues.containsKey(epoch)) {
      throw new GuardUnavailable("no [[epoch]] of the guard names epoch " + epoch);
    }
    try {
      return token.verify(epoch, answer.bytes(), tag);
    } catch (KeyLimitReached capped) {
      throw capped;
    } catch (TokenException e) {
      throw new GuardUnavailable("the token gave no verdict", e);
    }
  }

  @Override
  public Map<EpochId, String> epochs() {
    return checkValues.entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey, epoch -> HexFormat.of().formatHex(epoch.getValue())));
  }

  @Override
  public List<SigningKey> keys(Use use) {
    return Objects.requireNonNull(keys.get(use));
  }

  @Override
  public byte[] sign(Use use, byte[] data) {
    try {
      return signing(use).sign(keys(use).getLast().label(), data);
    } catch (KeyLimitReached e) {
      throw new GuardUnavailable(String.valueOf(e.getMessage()), e);
    } catch (TokenException e) {
      throw new GuardUnavailable("the token signed nothing", e);
    }
  }

  private SigningKeys signing(Use use) {
    return switch (use) {
      case RECEIPT -> token.receipts();
      case SEAL -> token.seals();
    };
  }

  @Override
  public Set<String> capped() {
    return token.token().limits().reached();
  }

  /// A call that has been in the token's library for longer than it may is stuck, and others would join it.
  @Override
  public boolean up() {
    var health = token.token().health();
    return health.state() == Health.State.UP && health.longestCall().compareTo(stuck) < 0;
  }

  /// Looks for every key that answers and signatures need: a token without them answers well and gives no verdict.
  @Override
  public void check() {
    List<String> missing;
    try {
      token.token().keepAlive();
      missing = Stream.concat(missingBookKeys(), missingSigningKeys()).sorted().toList();
    } catch (TokenException e) {
      throw new GuardUnavailable("the token does not answer", e);
    }
    if (!missing.isEmpty()) {
      throw new GuardUnavailable("the token lacks " + String.join(", ", missing));
    }
  }

  private Stream<String> missingBookKeys() {
    return checkValues.entrySet().stream()
        .filter(epoch -> !holds(epoch.getKey(), epoch.getValue()))
        .map(epoch -> "book-%s of its record".formatted(epoch.getKey()));
  }

  private boolean holds(EpochId epoch, byte[] checkValue) {
    try {
      return token.hasBookKey(epoch) && token.verifyCheckValue(epoch, checkValue) == Verdict.RIGHT;
    } catch (KeyLimitReached _) {
      return true;
    }
  }

  private Stream<String> missingSigningKeys() {
    return keys.entrySet().stream()
        .flatMap(
            use ->
                use.getValue().stream()
                    .map(SigningKey::label)
                    .filter(label -> !signing(use.getKey()).has(label)));
  }
}
