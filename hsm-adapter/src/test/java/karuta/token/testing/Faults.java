package karuta.token.testing;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import karuta.cryptoki.CkException;
import karuta.cryptoki.CkFunction;
import karuta.cryptoki.Ckr;
import org.jspecify.annotations.Nullable;

/// What shall go wrong, and what was called: the knobs of [FaultyCryptoki].
public final class Faults {
  private final Map<CkFunction, ConcurrentLinkedQueue<Ckr>> next = new EnumMap<>(CkFunction.class);
  private final Map<CkFunction, Ckr> always = new ConcurrentHashMap<>();
  private final Map<CkFunction, AtomicInteger> calls = new EnumMap<>(CkFunction.class);
  private final Map<CkFunction, Runnable> hooks = new ConcurrentHashMap<>();
  private volatile @Nullable Ckr everything;

  public Faults() {
    for (var function : CkFunction.values()) {
      next.put(function, new ConcurrentLinkedQueue<>());
      calls.put(function, new AtomicInteger());
    }
  }

  /// The next calls of this function give these codes, one each, and do nothing.
  public void failNext(CkFunction function, Ckr... codes) {
    var queue = Optional.ofNullable(next.get(function)).orElseThrow();
    for (var code : codes) {
      queue.add(code);
    }
  }

  /// Every call of this function gives this code.
  public void failAlways(CkFunction function, Ckr code) {
    always.put(function, code);
  }

  /// Every call of every function gives this code, `C_Finalize` aside: the token is gone.
  public void failEverything(Ckr code) {
    everything = code;
  }

  /// Nothing goes wrong any more.
  public void mend() {
    everything = null;
    always.clear();
    next.values().forEach(ConcurrentLinkedQueue::clear);
    hooks.clear();
  }

  /// Runs before each call of this function, in the calling thread.
  public void before(CkFunction function, Runnable hook) {
    hooks.put(function, hook);
  }

  /// How often this function was called.
  public int calls(CkFunction function) {
    return Optional.ofNullable(calls.get(function)).orElseThrow().get();
  }

  void enter(CkFunction function) {
    Optional.ofNullable(calls.get(function)).orElseThrow().incrementAndGet();
    Optional.ofNullable(hooks.get(function)).ifPresent(Runnable::run);
    fail(function, everything);
    fail(function, always.get(function));
    fail(function, Optional.ofNullable(next.get(function)).orElseThrow().poll());
  }

  private void fail(CkFunction function, @Nullable Ckr code) {
    if (code != null && !(function == CkFunction.C_Finalize && code == everything)) {
      throw new CkException(function, code);
    }
  }
}
