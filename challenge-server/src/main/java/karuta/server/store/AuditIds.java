package karuta.server.store;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;

/// Names for audit rows that sort by time, and within one server by order: milliseconds, a running number, and 32 random
/// bits that keep two servers apart.
final class AuditIds {
  private static final HexFormat HEX = HexFormat.of();

  private final SecureRandom random = new SecureRandom();
  private long lastMillis;
  private int running;

  /// Sorts before every id of this moment and after every earlier one.
  static String before(Instant at) {
    return HEX.toHexDigits(at.toEpochMilli(), 12);
  }

  synchronized String next(Instant at) {
    var millis = Math.max(at.toEpochMilli(), lastMillis);
    running = millis == lastMillis ? running + 1 : 0;
    lastMillis = millis;
    return HEX.toHexDigits(millis, 12)
        + HEX.toHexDigits(running)
        + HEX.toHexDigits(random.nextInt());
  }
}
