package karuta.demo;

import java.io.PrintStream;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// Makes cards while the demo runs, in a thread: each open order becomes a batch of one card, delivered at once. In a
/// bank this is the work of custodians, a bureau and the post.
final class Press implements AutoCloseable {
  private static final long PAUSE_SECONDS = 1;
  private static final long REST_SECONDS = 5;

  private final CardMakers makers;
  private final BackOffice bank;
  private final PrintStream err;
  private final Thread thread;
  private volatile boolean stopped;

  /// @param err where a failure is told, once a row
  Press(CardMakers makers, BackOffice bank, PrintStream err) {
    this.makers = makers;
    this.bank = bank;
    this.err = err;
    this.thread = Thread.ofPlatform().daemon().name("press").start(this::work);
  }

  private void work() {
    var failed = false;
    var leftBehind = true;
    while (!stopped) {
      try {
        if (leftBehind) {
          makers.deliverTheLast();
          leftBehind = false;
        }
        var orders = bank.openOrders();
        if (!orders.isEmpty()) {
          makers.make(orders.getFirst());
        }
        failed = false;
        rest(PAUSE_SECONDS);
      } catch (RuntimeException e) {
        if (!failed && !stopped) {
          err.println("karuta: a card could not be made; it is tried again: " + e.getMessage());
        }
        failed = true;
        leftBehind = true;
        rest(REST_SECONDS);
      }
    }
  }

  private void rest(long seconds) {
    if (!stopped) {
      LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(seconds));
    }
  }

  @Override
  public void close() {
    stopped = true;
    LockSupport.unpark(thread);
  }
}
