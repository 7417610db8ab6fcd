package karuta.server;

import java.nio.file.Path;
import karuta.server.api.TestPki;
import karuta.server.challenge.Policy;
import karuta.server.operate.TestServing;
import karuta.server.store.StoreSettings;
import karuta.server.testing.Bank;

/// A server in a process of its own, that ends as `karuta serve` does. Its directory is its argument; it makes certificates and a
/// customer with a card there, and prints its ports when it serves.
public final class ServingProcess {
  private ServingProcess() {}

  /// Serves until it is told to end.
  public static void main(String[] arguments) throws Exception {
    var directory = Path.of(arguments[0]);
    TestPki pki = TestServing.pki(directory);
    var store = StoreSettings.sqlite(directory.resolve("karuta.db"));
    var bank = Bank.open(store, Policy.standard());
    bank.withActiveCard("customer-1");
    // tells the test that an answer is under way
    bank.token.beforeVerify.set(() -> System.out.println("verifying"));
    var serving = TestServing.start(pki, store, bank.token, bank.time);
    ServeCommand.endWithTheProcess(serving);
    System.out.println("serving " + serving.apiPort() + " " + serving.managementPort());
    Thread.currentThread().join();
  }
}
