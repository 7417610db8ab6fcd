package karuta.server.store;

import java.security.SecureRandom;
import java.time.Instant;

/// Names for audit rows that sort by time, and within one server by order: milliseconds, a running number, and 32 random
/// bits that keep two servers apart.
final class AuditIds {
  private final SecureRandom random = new SecureRandom();
  private long lastMillis;
  private int running;

  /// Sorts before every id of this moment and after every earlier one.
  static String before(Instant at) {
    return String.format("%012x", at.toEpochMilli());
  }

  synchronized String next(Instant at) {
    var millis = Math.max(at.toEpochMilli(), lastMillis);
    running = millis == lastMillis ? running + 1 : 0;
    lastMillis = millis;
    return String.format("%012x%08x%08x", millis, running, random.nextInt());
  }
}
