package karuta.server.crash;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import karuta.server.crash.AnsweringCustomer.Habit;
import karuta.server.crash.AnsweringCustomer.Together;
import karuta.server.model.Told;

/// Customers at work, each on a thread of its own.
final class AnsweringCustomers implements AutoCloseable {
  /// How long an answer may be without a reply when nothing is in its way any more.
  private static final Duration LAST_ANSWER = Duration.ofMinutes(3);

  private final Semaphore events = new Semaphore(0);
  private final LongAdder again = new LongAdder();
  private final AtomicBoolean deaf = new AtomicBoolean();
  private final AtomicBoolean stop = new AtomicBoolean();
  private final List<Future<?>> customers = new ArrayList<>();
  private final ExecutorService threads;

  /// Starts one of each habit.
  AnsweringCustomers(GuardedBank bank, Told told, List<Habit> habits, Random random) {
    threads = Executors.newFixedThreadPool(habits.size());
    var together = new Together(bank, told, events::release, again::increment, deaf, stop);
    for (var habit : habits) {
      var name = "customer-" + customers.size();
      var choices = new Random(random.nextLong());
      customers.add(threads.submit(new AnsweringCustomer(together, habit, choices, name)));
    }
  }

  /// Waits until so many answers were sent for the first time or have got their reply, unless a customer has failed:
  /// then there may be no more.
  void await(int number) throws InterruptedException, ExecutionException {
    do {
      requireAtWork();
    } while (!events.tryAcquire(number, 1, TimeUnit.SECONDS));
  }

  /// From now on every reply to an answer is lost on its way, or none is any more.
  void loseReplies(boolean lost) {
    deaf.set(lost);
  }

  /// What has been sent and heard until now is waited for no more.
  void startAnew() {
    events.drainPermits();
  }

  /// Fails as a customer has.
  void requireAtWork() throws InterruptedException, ExecutionException {
    for (var customer : customers) {
      if (customer.isDone()) {
        customer.get();
      }
    }
  }

  /// Lets each come to the end of its question.
  void finish() throws InterruptedException, ExecutionException, TimeoutException {
    stop.set(true);
    for (var customer : customers) {
      customer.get(LAST_ANSWER.toSeconds(), TimeUnit.SECONDS);
    }
  }

  /// How many answers were told their end after they were sent more than once.
  long again() {
    return again.sum();
  }

  @Override
  public void close() {
    threads.shutdownNow();
    threads.close();
  }
}
