package karuta.server;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import karuta.command.OrderlyEnd;
import karuta.database.testing.TestDatabase;
import karuta.server.api.TestPki;
import karuta.server.challenge.Policy;
import karuta.server.testing.Bank;

/// A server in a process of its own, that ends as `karuta serve` does. Its directory is its argument; it makes
/// certificates and customers with cards there, and prints its ports when it serves.
///
/// When some answers have been judged its token keeps the next ones, says so, and lets them go when the server has
/// begun to end: so an end always meets answers under way.
public final class ServingProcess {
  static final int CUSTOMERS = 8;
  static final String HOLDS = "the token holds an answer";
  private static final int JUDGED_BEFORE = 40;

  /// Takes many wrong answers before it locks a card, so that load lasts.
  static final Policy PATIENT =
      new Policy(
          100, 100, 100, 1000, Duration.ofMinutes(10), 0, false, false, Policy.standard().watch());

  private ServingProcess() {}

  /// Serves until it is told to end.
  public static void main(String[] arguments) throws Exception {
    Locale.setDefault(Locale.ROOT);
    var directory = Path.of(arguments[0]);
    TestPki pki = TestServing.pki(directory);
    var store = TestDatabase.existing("jdbc:sqlite:" + directory.resolve("karuta.db"), "");
    var bank = Bank.open(store, PATIENT);
    for (var number = 0; number < CUSTOMERS; number++) {
      bank.withActiveCard("customer-" + number);
    }
    var ending = new CountDownLatch(1);
    var before = new Semaphore(JUDGED_BEFORE);
    var told = new AtomicBoolean();
    bank.token.beforeVerify.set(
        () -> {
          if (!before.tryAcquire()) {
            if (told.compareAndSet(false, true)) {
              System.out.println(HOLDS);
            }
            await(ending);
          }
        });
    var serving = TestServing.start(pki, PATIENT, store, bank.guard, bank.time);
    OrderlyEnd.withTheProcess(serving::close);
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .unstarted(
                    () -> {
                      awaitEnding(serving.managementPort());
                      ending.countDown();
                    }));
    System.out.println("serving " + serving.apiPort() + " " + serving.managementPort());
    Thread.currentThread().join();
  }

  private static void awaitEnding(int port) {
    var ready =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/health/ready")).build();
    try (var client = HttpClient.newHttpClient()) {
      var page = "";
      while (!page.contains("shutting down")) {
        page = client.send(ready, HttpResponse.BodyHandlers.ofString()).body();
      }
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
