package karuta.token;

import java.time.Duration;

/// The moment after which a call no longer waits for locks, sessions or another's recovery. A native call that hangs
/// cannot be ended from here; [Health#longestCall] shows it.
record Deadline(long nanos) {
  static Deadline after(Duration patience) {
    return new Deadline(System.nanoTime() + patience.toNanos());
  }

  /// May be negative.
  long remainingNanos() {
    return nanos - System.nanoTime();
  }
}
