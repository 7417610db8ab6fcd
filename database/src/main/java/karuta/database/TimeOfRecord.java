package karuta.database;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// The time of record: what questions begin and end by, what stands in the audit, and what windows are counted over.
/// One for all servers of a database, because a server whose own clock is ahead would end everybody else's questions.
/// In milliseconds, as a row keeps it: what is read back is what was said.
public interface TimeOfRecord extends InstantSource {
  /// The clock of a database, where it has one. SQLite has none but the machine's, and no other server.
  ///
  /// @throws DatabaseUnavailable if it cannot be read
  static TimeOfRecord of(Database database, InstantSource machine) {
    return database.hasClock()
        ? new DatabaseClock(database::readClock, machine, System::nanoTime)
        : of(machine);
  }

  /// The machine's own clock.
  static TimeOfRecord of(InstantSource machine) {
    return new TimeOfRecord() {
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

  /// @throws DatabaseUnavailable if it was not read for too long, and cannot be now
  @Override
  Instant instant();

  /// Reads the clock anew.
  ///
  /// @return how far the machine's own clock is ahead of it
  /// @throws DatabaseUnavailable if it cannot be read
  Duration read();
}
