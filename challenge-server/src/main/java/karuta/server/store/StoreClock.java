package karuta.server.store;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// The time of record: what questions begin and end by, what stands in the audit, and what windows are counted over. One for all
/// servers of a store, because a server whose own clock is ahead would end everybody else's questions. In milliseconds, as the
/// store keeps time: what is read back is what was said.
public interface StoreClock extends InstantSource {
  /// The clock of a store: the database's where it has one. SQLite has none but the machine's, and no other server.
  ///
  /// @throws StoreUnavailable if it cannot be read
  static StoreClock of(Store store, InstantSource machine) {
    return store.hasClock()
        ? new DatabaseClock(store::readClock, machine, System::nanoTime)
        : of(machine);
  }

  /// The machine's own clock.
  static StoreClock of(InstantSource machine) {
    return new StoreClock() {
      @Override
      public Instant instant() {
        return machine.instant();
      }

      @Override
      public Duration read() {
        return Duration.ZERO;
      }
    };
  }

  /// @throws StoreUnavailable if it was not read for too long, and cannot be now
  @Override
  Instant instant();

  /// Reads the clock anew.
  ///
  /// @return how far the machine's own clock is ahead of it
  /// @throws StoreUnavailable if it cannot be read
  Duration read();
}
