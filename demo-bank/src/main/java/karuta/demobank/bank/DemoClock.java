package karuta.demobank.bank;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// A calendar per customer that the demo moves on, so that nobody waits two to three weeks for the post. Only dates on
/// the card's way are shown by it; nothing is decided by it.
public final class DemoClock {
  private final InstantSource clock;
  private final Map<String, Duration> ahead = new ConcurrentHashMap<>();

  public DemoClock(InstantSource clock) {
    this.clock = clock;
  }

  /// What the calendar of `customer` says.
  public Instant now(Customer customer) {
    return clock.instant().plus(ahead.getOrDefault(customer.subject(), Duration.ZERO));
  }

  /// Days go by.
  public void advance(Customer customer, int days) {
    ahead.merge(customer.subject(), Duration.ofDays(days), Duration::plus);
  }
}
