package karuta.demobank.fake;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// Time that passes when a test says so, on top of real time.
public final class TestClock implements InstantSource {
  private volatile Duration ahead = Duration.ZERO;

  /// Lets time pass.
  public void pass(Duration duration) {
    ahead = ahead.plus(duration);
  }

  @Override
  public Instant instant() {
    return Instant.now().plus(ahead);
  }
}
