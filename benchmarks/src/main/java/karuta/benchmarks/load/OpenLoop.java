package karuta.benchmarks.load;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import karuta.client.Endpoint;
import org.jspecify.annotations.Nullable;

/// Customers who come at a constant rate, whether those before them are done or not, as people do. A question's time
/// counts from when its customer was to come, so a server that stops for a second is seen to keep everybody waiting who
/// would have come in it (coordinated omission).
///
/// @param wrong which part of the answers shall be wrong, 0 to 1
/// @param rate customers a second
public record OpenLoop(
    Protocol protocol, Endpoint endpoint, Cards cards, double wrong, double rate) {
  /// So many connections, where a connection carries one call at a time: none waits for another's.
  private static final int CONNECTIONS = 256;

  private static final double NANOS = 1e9;

  /// What a run came to.
  ///
  /// @param seconds from the first customer to the last reply
  public record Result(Latencies latencies, double seconds) {}

  /// Has customers come for as long as this, and waits until all are done.
  ///
  /// @throws Authentication.WrongVerdict if a verdict was not the answer's
  public Result run(Vertx vertx, Duration time) {
    var latencies = new Latencies();
    var failure = new AtomicReference<@Nullable RuntimeException>();
    try (var client = protocol.client(vertx, endpoint, CONNECTIONS);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var authentication = new Authentication(client, cards, wrong);
      var random = new SplittableRandom();
      var count = Math.round(time.toNanos() / NANOS * rate);
      var begun = System.nanoTime();
      for (var i = 0L; i < count && failure.get() == null; i++) {
        var due = begun + Math.round(i / rate * NANOS);
        awaitMoment(due);
        var own = random.split();
        threads.execute(
            () -> {
              try {
                authentication.offer(own, latencies, due);
              } catch (RuntimeException e) {
                failure.compareAndSet(null, e);
              }
            });
      }
      threads.shutdown();
      var _ = threads.awaitTermination(1, TimeUnit.MINUTES);
      var failed = failure.get();
      if (failed != null) {
        throw failed;
      }
      return new Result(latencies, (System.nanoTime() - begun) / NANOS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private static void awaitMoment(long due) {
    for (var left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }
}
