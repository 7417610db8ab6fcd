package karuta.guard.testing;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import karuta.card.EpochId;
import karuta.card.MacInput;
import karuta.guard.client.GuardUnavailable;
import karuta.guard.token.JudgeToken;
import karuta.guard.token.SigningKey;
import karuta.token.KeyLimitReached;
import karuta.token.Verdict;

/// A token in plain Java that counts what it is asked and fails when told to. It makes tags as well, as the issuer
/// would.
public final class FakeJudgeToken implements JudgeToken {
  /// The epoch of its book key; see [#epochs].
  public static final EpochId EPOCH = new EpochId("e1");

  /// Stands for the check value of that key.
  public static final String CHECK_VALUE = "0c".repeat(32);

  /// A fault for [#beforeVerify] and [#beforeSign].
  public static final Runnable FAULT =
      () -> {
        throw new GuardUnavailable("the token was told to fail");
      };

  private final byte[] key;
  private final Map<Use, KeyPair> pairs = new EnumMap<>(Use.class);

  /// Verifications asked for, failed ones among them.
  public final AtomicInteger verified = new AtomicInteger();

  /// Verifications that said right.
  public final AtomicInteger right = new AtomicInteger();

  /// Signatures asked for.
  public final AtomicInteger signed = new AtomicInteger();

  /// Run at the start of every verification.
  public final AtomicReference<Runnable> beforeVerify = new AtomicReference<>(() -> {});

  /// Whether the token is known to be there. A check that is answered sets it.
  public final AtomicBoolean up = new AtomicBoolean(true);

  /// Has a permit for each time somebody was told.
  public final Semaphore asked = new Semaphore(0);

  /// Whose answers it judges, all with the same key.
  public final Set<EpochId> epochs = ConcurrentHashMap.newKeySet();

  /// Keys at a limit that the token keeps.
  public final Set<String> capped = ConcurrentHashMap.newKeySet();

  /// Run at the start of every signature.
  public final AtomicReference<Runnable> beforeSign = new AtomicReference<>(() -> {});

  public FakeJudgeToken(byte[] key) {
    this(key, new SecureRandom());
  }

  /// One that has the same keys for signatures in every process.
  public static FakeJudgeToken lasting() {
    try {
      var random = SecureRandom.getInstance("SHA1PRNG");
      random.setSeed(1);
      return new FakeJudgeToken(new byte[32], random);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private FakeJudgeToken(byte[] key, SecureRandom random) {
    epochs.add(EPOCH);
    try {
      this.key = key.clone();
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"), random);
      for (var use : Use.values()) {
        pairs.put(use, generator.generateKeyPair());
      }
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /// The tag of an answer, as the issuer token makes it.
  public byte[] tag(byte[] answer) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(answer);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public Verdict verify(EpochId epoch, MacInput answer, byte[] tag) {
    verified.incrementAndGet();
    beforeVerify.get().run();
    if (capped.contains("book-" + epoch)) {
      throw new KeyLimitReached("book-" + epoch, new IllegalStateException("told to be"));
    }
    if (!epochs.contains(epoch)) {
      throw new GuardUnavailable("no book key of epoch " + epoch);
    }
    if (!MessageDigest.isEqual(tag(answer.toBytes()), tag)) {
      return Verdict.WRONG;
    }
    right.incrementAndGet();
    return Verdict.RIGHT;
  }

  @Override
  public Map<EpochId, String> epochs() {
    return epochs.stream().collect(Collectors.toMap(epoch -> epoch, _ -> CHECK_VALUE));
  }

  @Override
  public List<SigningKey> keys(Use use) {
    return List.of(
        new SigningKey(
            use.label(1), (ECPublicKey) Objects.requireNonNull(pairs.get(use)).getPublic()));
  }

  @Override
  public byte[] sign(Use use, byte[] data) {
    signed.incrementAndGet();
    beforeSign.get().run();
    try {
      var signature = Signature.getInstance("SHA256withECDSAinP1363Format");
      signature.initSign(Objects.requireNonNull(pairs.get(use)).getPrivate());
      signature.update(data);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void check() {
    beforeVerify.get().run();
    up.set(true);
  }

  @Override
  public Set<String> capped() {
    return Set.copyOf(capped);
  }

  @Override
  public boolean up() {
    var known = up.get();
    asked.release();
    return known;
  }
}
