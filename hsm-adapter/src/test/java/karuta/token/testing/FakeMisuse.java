package karuta.token.testing;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import karuta.cryptoki.CkFunction;

/// Notes what a real library answers with a crash of the JVM instead of a code.
final class FakeMisuse {
  private final AtomicInteger running = new AtomicInteger();
  private final Map<Long, CkFunction> busy = new ConcurrentHashMap<>();
  private final List<String> seen = new CopyOnWriteArrayList<>();

  <T> T during(CkFunction function, long session, Supplier<T> body) {
    running.incrementAndGet();
    var other = session == 0 ? null : busy.putIfAbsent(session, function);
    if (other != null) {
      seen.add(function + " beside " + other + " in one session");
    }
    try {
      return body.get();
    } finally {
      if (session != 0 && other == null) {
        busy.remove(session);
      }
      running.decrementAndGet();
    }
  }

  /// Called before a function that must not run beside any other.
  void alone(CkFunction function) {
    if (running.get() != 0) {
      seen.add(function + " beside " + running.get() + " other calls");
    }
  }

  void closes(long session) {
    var other = busy.get(session);
    if (other != null) {
      seen.add("a session closed during " + other);
    }
  }

  List<String> seen() {
    return List.copyOf(seen);
  }
}
