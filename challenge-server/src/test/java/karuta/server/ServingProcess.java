package karuta.server;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import karuta.server.api.TestPki;
import karuta.server.challenge.Policy;
import karuta.server.operate.TestServing;
import karuta.server.store.StoreSettings;
import karuta.server.testing.Bank;

/// A server in a process of its own, that ends as `karuta serve` does. Its directory is its argument; it makes certificates and
/// customers with cards there, and prints its ports when it serves.
public final class ServingProcess {
  static final int CUSTOMERS = 8;
  private static final long TOKEN_NANOS = 50_000_000;

  /// Takes many wrong answers before it locks a card, so that load lasts.
  static final Policy PATIENT =
      new Policy(100, 1000, Duration.ofMinutes(10), 0, false, false, Policy.standard().watch());

  private ServingProcess() {}

  /// Serves until it is told to end.
  public static void main(String[] arguments) throws Exception {
    var directory = Path.of(arguments[0]);
    TestPki pki = TestServing.pki(directory);
    var store = StoreSettings.sqlite(directory.resolve("karuta.db"));
    var bank = Bank.open(store, PATIENT);
    for (var number = 0; number < CUSTOMERS; number++) {
      bank.withActiveCard("customer-" + number);
    }
    // as slow as a token over a network, so that an end always meets answers under way
    bank.token.beforeVerify.set(() -> LockSupport.parkNanos(TOKEN_NANOS));
    var serving = TestServing.start(pki, PATIENT, store, bank.token, bank.time);
    ServeCommand.endWithTheProcess(serving);
    System.out.println("serving " + serving.apiPort() + " " + serving.managementPort());
    Thread.currentThread().join();
  }
}
