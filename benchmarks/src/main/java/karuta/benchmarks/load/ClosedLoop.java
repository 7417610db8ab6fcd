package karuta.benchmarks.load;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import karuta.client.Endpoint;

/// So many callers, each of whom begins with the next customer when the one before is done.
///
/// @param callers how many
/// @param wrong which part of the answers shall be wrong, 0 to 1
public record ClosedLoop(
    Protocol protocol, Endpoint endpoint, Cards cards, int callers, double wrong) {
  /// What a run came to.
  ///
  /// @param seconds how long it took
  public record Result(Latencies latencies, double seconds) {
    /// Authentications a second.
    public double rate() {
      return latencies.count() / seconds;
    }
  }

  /// Calls for as long as this, then lets what has begun be done.
  ///
  /// @throws Authentication.WrongVerdict if a verdict was not the answer's
  public Result run(Vertx vertx, Duration time) {
    var latencies = new Latencies();
    try (var client = protocol.client(vertx, endpoint, callers);
        var threads = Executors.newFixedThreadPool(callers)) {
      var authentication = new Authentication(client, cards, wrong);
      var begun = System.nanoTime();
      var end = begun + time.toNanos();
      var running = new ArrayList<Future<?>>();
      for (var caller = 0; caller < callers; caller++) {
        running.add(
            threads.submit(
                () -> {
                  var random = new SplittableRandom();
                  while (System.nanoTime() < end) {
                    authentication.run(random, latencies);
                  }
                }));
      }
      for (var one : running) {
        one.get();
      }
      return new Result(latencies, (System.nanoTime() - begun) / 1e9);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
