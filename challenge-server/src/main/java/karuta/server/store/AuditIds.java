package karuta.server.store;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/// Names for audit rows that sort by time, and within one server by order: milliseconds, a running number, and 32 random
/// bits that keep two servers apart.
final class AuditIds {
  private static final HexFormat HEX = HexFormat.of();

  private static final int MILLIS = 12;
  private static final Pattern SHAPE = Pattern.compile("[0-9a-f]{28}");

  private final SecureRandom random = new SecureRandom();
  private long lastMillis;
  private int running;

  /// Sorts before every id of this moment and after every earlier one.
  static String before(Instant at) {
    return HEX.toHexDigits(at.toEpochMilli(), MILLIS);
  }

  /// The moment in an id; none if the id is not one that a server makes.
  static Optional<Instant> timeOf(String id) {
    return SHAPE.matcher(id).matches()
        ? Optional.of(Instant.ofEpochMilli(HexFormat.fromHexDigitsToLong(id, 0, MILLIS)))
        : Optional.empty();
  }

  synchronized String next(Instant at) {
    var millis = Math.max(at.toEpochMilli(), lastMillis);
    running = millis == lastMillis ? running + 1 : 0;
    lastMillis = millis;
    return HEX.toHexDigits(millis, MILLIS)
        + HEX.toHexDigits(running)
        + HEX.toHexDigits(random.nextInt());
  }
}
