package karuta.benchmarks.floor;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import karuta.benchmarks.floor.LeastStatements.LeastJournal;
import karuta.benchmarks.load.ClosedLoop;
import karuta.benchmarks.load.Latencies;
import karuta.benchmarks.stack.MeasuredStack;

/// [LeastStatements] one after the other, from one thread or several.
public final class DatabaseLoop {
  private DatabaseLoop() {}

  /// Measures on the store of a stack that has nothing else to do.
  ///
  /// @param threads each with a connection of its own
  public static ClosedLoop.Result run(MeasuredStack stack, int threads, Duration time)
      throws SQLException {
    var file = stack.home().path("state/floor-" + System.nanoTime() + ".db");
    var latencies = new Latencies();
    try (var journal = new LeastJournal(file.toString());
        var pool = Executors.newFixedThreadPool(threads)) {
      var begun = System.nanoTime();
      var end = begun + time.toNanos();
      var running = new ArrayList<Future<?>>();
      for (var i = 0; i < threads; i++) {
        running.add(
            pool.submit(
                () -> {
                  loop(stack, journal, latencies, end);
                  return true;
                }));
      }
      for (var one : running) {
        one.get();
      }
      return new ClosedLoop.Result(latencies, (System.nanoTime() - begun) / 1e9);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private static void loop(MeasuredStack stack, LeastJournal journal, Latencies latencies, long end)
      throws SQLException {
    var random = new SplittableRandom();
    try (var statements = new LeastStatements(stack.database().connect(), journal)) {
      while (System.nanoTime() < end) {
        var card = stack.deck().take(random);
        statements.run(card, random, latencies);
        stack.deck().giveBack(card);
      }
    }
  }
}
