package karuta.token;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/// Which keys a token uses no more, as far as is known: each as its last use ended. One use that succeeds shows that a
/// limit was raised.
public final class KeyLimits {
  private final Set<String> reached = ConcurrentHashMap.newKeySet();

  /// Uses a key.
  ///
  /// @param label of the key
  /// @throws KeyLimitReached naming it, if there is no use left
  public <T> T using(String label, Supplier<T> use) {
    try {
      var done = use.get();
      reached.remove(label);
      return done;
    } catch (KeyLimitReached e) {
      reached.add(label);
      throw new KeyLimitReached(label, e);
    }
  }

  /// The labels of those at their limit.
  public Set<String> reached() {
    return Set.copyOf(reached);
  }
}
