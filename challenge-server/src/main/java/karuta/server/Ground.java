package karuta.server;

import java.time.InstantSource;
import karuta.database.TimeOfRecord;
import karuta.guard.client.Guard;
import karuta.guard.client.SocketGuard;
import karuta.server.config.ServerConfig;
import karuta.server.store.Store;

/// The resources a server needs: store, connection to the guard, clock. The caller opens them, [Serving] closes them.
///
/// @param guard asked for verdicts, receipts and seals
/// @param closeGuard called after its last use
/// @param clock time of record
public record Ground(Store store, Guard guard, Runnable closeGuard, TimeOfRecord clock)
    implements AutoCloseable {
  /// Opens the store and the way to the guard. The guard need not be there yet.
  ///
  /// @param machine the clock of the machine, in milliseconds
  /// @throws karuta.database.DatabaseUnavailable if the store cannot be used; nothing stays open
  static Ground open(ServerConfig config, InstantSource machine) {
    var store = Store.open(config.store());
    try {
      var clock = store.clock(machine);
      var guard = new SocketGuard(config.guard(), System::nanoTime);
      return new Ground(store, guard, guard::close, clock);
    } catch (RuntimeException failure) {
      store.close();
      throw failure;
    }
  }

  @Override
  public void close() {
    try {
      store.close();
    } finally {
      closeGuard.run();
    }
  }
}
