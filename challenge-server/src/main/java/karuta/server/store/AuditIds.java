package karuta.server.store;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/// Names for audit rows that sort by time, and within one server by order: milliseconds, a running number, and 32
/// random bits that keep two servers apart.
///
/// A seal closes over all rows up to an id, so no new id may sort below one that was written before: its row would stay
/// outside the seals, and where the last seal had closed over a row from the future, so would every row of as long as
/// that clock was ahead. SQLite has no clock but the machine's, which may jump ahead and be set back. So the newest id
/// in the store is read when it is opened and by every check, and new ones go on behind it, whatever the clock shows.
/// Refusing to write until the clock has caught up would keep order too, but would stop a bank for a clock that was
/// ahead; the server is not ready meanwhile ([Store#check]), because the ids tell another time than their rows.
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

  /// An id is in the store: none made from now on sorts below it.
  synchronized void written(Instant at) {
    var after = at.toEpochMilli() + 1;
    if (after > lastMillis) {
      lastMillis = after;
      running = 0;
    }
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
