package karuta.server.lane;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/// A fixed number of platform threads behind a queue of fixed length: what blocks (token, store) runs here and nowhere
/// else.
///
/// A full lane refuses at once. Waiting longer than the queue allows would only turn an overload into timeouts, so the
/// queue is short and the caller is told to come back. Platform threads, because calls into the token's library and
/// into SQLite are native and would pin a virtual thread's carrier.
public final class Lane implements AutoCloseable {
  private final String name;
  private final ThreadPoolExecutor threads;
  private final Semaphore places;
  private final LongAdder refused = new LongAdder();

  /// Opens a lane.
  ///
  /// @param name names the threads and the metrics
  /// @param width how many threads work
  /// @param depth how many pieces of work may wait
  public Lane(String name, int width, int depth) {
    this.name = name;
    // counted apart: a queue alone looks full for as long as an idle thread takes to wake up
    this.places = new Semaphore(width + depth);
    this.threads =
        new ThreadPoolExecutor(
            width,
            width,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(width + depth),
            Thread.ofPlatform().name("karuta-" + name + "-", 0).daemon(true).factory(),
            new ThreadPoolExecutor.AbortPolicy());
    threads.prestartAllCoreThreads();
  }

  /// Takes a piece of work, or refuses it at once.
  ///
  /// @return false when the lane is full or closed
  public boolean offer(Runnable work) {
    if (!places.tryAcquire()) {
      refused.increment();
      return false;
    }
    try {
      threads.execute(() -> done(work));
      return true;
    } catch (RejectedExecutionException _) {
      places.release();
      refused.increment();
      return false;
    }
  }

  private void done(Runnable work) {
    try {
      work.run();
    } finally {
      places.release();
    }
  }

  /// As in the metrics: `token` or `store`.
  public String name() {
    return name;
  }

  /// How many pieces of work wait.
  public int waiting() {
    return threads.getQueue().size();
  }

  /// How many pieces of work are being done.
  public int working() {
    return threads.getActiveCount();
  }

  /// How many pieces of work were refused since the start.
  public long refused() {
    return refused.sum();
  }

  /// Takes no more work and waits for what was taken.
  ///
  /// @return whether everything was done in time
  public boolean drain(Duration patience) throws InterruptedException {
    threads.shutdown();
    return threads.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  /// Takes no more work; what waits is dropped, what is being done goes on to its end on a daemon thread.
  @Override
  public void close() {
    threads.shutdown();
    threads.getQueue().clear();
  }
}
