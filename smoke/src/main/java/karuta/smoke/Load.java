package karuta.smoke;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import karuta.demo.Customer;

/// Customers who transfer money without pause, each as soon as their last transfer is done, until they are stopped.
///
/// A card's last draws are left unused: who has come to them goes on reloading one question, because opening others and
/// leaving them unanswered would suspend the card.
final class Load implements AutoCloseable {
  private static final int DRAWS_TO_LEAVE = 30;
  private static final long DEADLINE_SECONDS = 60;

  private final ExecutorService threads;
  private final List<Future<?>> customers;
  private final Semaphore rounds = new Semaphore(0);
  private volatile boolean stopped;

  Load(List<Customer> customers) {
    this.threads = Executors.newFixedThreadPool(customers.size());
    this.customers =
        customers.stream().<Future<?>>map(one -> threads.submit(() -> transfers(one))).toList();
  }

  /// Waits until `more` more transfers or reloads are done; throws what went wrong in one.
  void awaitRounds(int more) throws Exception {
    rounds.drainPermits();
    for (var second = 0; !rounds.tryAcquire(more, 1, TimeUnit.SECONDS); second++) {
      for (var customer : customers) {
        if (customer.isDone()) {
          customer.get();
        }
      }
      if (second == DEADLINE_SECONDS) {
        throw new TimeoutException("the load stands still");
      }
    }
  }

  /// Ends after the transfers under way; throws what went wrong in one.
  void stop() throws Exception {
    stopped = true;
    for (var customer : customers) {
      customer.get(DEADLINE_SECONDS, TimeUnit.SECONDS);
    }
  }

  @Override
  public void close() {
    stopped = true;
    threads.shutdownNow();
  }

  private void transfers(Customer customer) {
    var challenge = customer.transfer("load-1");
    for (var i = 2; !stopped; i++) {
      if (challenge.getDrawsLeft() > DRAWS_TO_LEAVE) {
        customer.passes(challenge);
        challenge = customer.transfer("load-" + i);
      } else {
        challenge = customer.reload(challenge);
      }
      rounds.release();
    }
  }
}
