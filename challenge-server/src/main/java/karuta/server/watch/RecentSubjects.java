package karuta.server.watch;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;

/// The subjects seen most recently, each with its latest time. It holds no more subjects than the threshold it is for:
/// when one is dropped, that many later ones are known, so the count reaches the threshold without it.
final class RecentSubjects {
  private record Seen(Instant at, String subject) {}

  private final int limit;
  private final Map<String, Instant> latest = new HashMap<>();
  private final TreeSet<Seen> inOrder =
      new TreeSet<>(Comparator.comparing(Seen::at).thenComparing(Seen::subject));

  /// @param limit where counting stops
  RecentSubjects(int limit) {
    this.limit = limit;
  }

  /// A subject was seen; in any order, and as often as you like.
  void add(String subject, Instant at) {
    var before = latest.get(subject);
    if (before != null) {
      if (!before.isBefore(at)) {
        return;
      }
      inOrder.remove(new Seen(before, subject));
    }
    latest.put(subject, at);
    inOrder.add(new Seen(at, subject));
    if (inOrder.size() > limit) {
      latest.remove(inOrder.removeFirst().subject());
    }
  }

  /// How many were seen after `since`, up to the limit. Forgets those before.
  int after(Instant since) {
    while (!inOrder.isEmpty() && !inOrder.first().at().isAfter(since)) {
      latest.remove(inOrder.removeFirst().subject());
    }
    return inOrder.size();
  }
}
