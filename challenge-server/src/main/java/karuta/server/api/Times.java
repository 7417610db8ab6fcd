package karuta.server.api;

import com.google.protobuf.Timestamp;
import java.time.Instant;

/// Points in time, in the contract's form.
final class Times {
  private static final Instant FIRST = Instant.parse("2000-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

  private Times() {}

  static Timestamp of(Instant instant) {
    return Timestamp.newBuilder()
        .setSeconds(instant.getEpochSecond())
        .setNanos(instant.getNano())
        .build();
  }

  /// @throws CallRefused if it is no time of this trade
  static Instant read(Timestamp timestamp, String field) {
    if (timestamp.getNanos() < 0
        || timestamp.getNanos() > 999_999_999
        || timestamp.getSeconds() < FIRST.getEpochSecond()
        || timestamp.getSeconds() > LAST.getEpochSecond()) {
      throw new CallRefused(Code.INVALID_FIELD, field);
    }
    return Instant.ofEpochSecond(timestamp.getSeconds(), timestamp.getNanos());
  }
}
