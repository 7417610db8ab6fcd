package karuta.server.health;

import java.time.Duration;
import karuta.database.TimeOfRecord;
import karuta.server.metrics.Meters;
import karuta.server.store.Store;
import karuta.server.watch.Observer.Event;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks the store for signs of life, and holds this machine's clock against the store's.
///
/// The time of record is the store's, so a wrong clock here ends nobody's question. It is a fault all the same:
/// certificates are judged by it, and logs are read by it.
public final class StoreProbe {
  private static final Duration TOLD = Duration.ofSeconds(1);
  private static final Duration REFUSED = Duration.ofSeconds(5);
  private static final Logger LOG = LoggerFactory.getLogger(StoreProbe.class);

  private final Store store;
  private final TimeOfRecord clock;
  private final Meters meters;

  public StoreProbe(Store store, TimeOfRecord clock, Meters meters) {
    this.store = store;
    this.clock = clock;
    this.meters = meters;
  }

  /// This machine's clock is too far from the store's.
  static final class WrongClock extends RuntimeException {
    private static final long serialVersionUID = 1;

    WrongClock(String message) {
      super(message);
    }
  }

  /// Has the store write.
  ///
  /// @return nothing that it cannot do
  public String askStore() {
    var began = System.nanoTime();
    var end = "fault";
    try {
      store.check(clock);
      end = "ok";
      return "";
    } finally {
      meters.storeCheck(end, System.nanoTime() - began);
    }
  }

  /// Reads the store's clock.
  ///
  /// @return nothing that it cannot do
  /// @throws RuntimeException if it cannot be read, or this machine's differs by more than five seconds
  public String askClock() {
    var ahead = clock.read();
    meters.clockAhead(ahead);
    if (ahead.abs().compareTo(TOLD) > 0) {
      meters.saw(Event.CLOCK_DIFFERS);
      LOG.warn("{}", differs(ahead));
    }
    if (ahead.abs().compareTo(REFUSED) > 0) {
      throw new WrongClock(differs(ahead));
    }
    return "";
  }

  private static String differs(Duration ahead) {
    return "this machine's clock is ahead of the store's by %d ms".formatted(ahead.toMillis());
  }
}
