package karuta.token;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import karuta.token.testing.SoftHsmServer;

/// The same work over and over in several threads until it is closed; what any of them threw is thrown then.
final class Load implements AutoCloseable {
  private final AtomicBoolean stop = new AtomicBoolean();
  private final ExecutorService threads;
  private final List<Future<?>> running = new ArrayList<>();

  /// @param work gets the thread's number
  Load(int size, IntConsumer work) {
    threads = Executors.newFixedThreadPool(size);
    for (var thread = 0; thread < size; thread++) {
      var number = thread;
      running.add(
          threads.submit(
              () -> {
                while (!stop.get()) {
                  work.accept(number);
                }
              }));
    }
  }

  /// Waits until something was counted so often again, or a thread has failed.
  void awaitMore(AtomicInteger count, int more) {
    var enough = count.get() + more;
    SoftHsmServer.await(
        "more outcomes", () -> count.get() >= enough || running.stream().anyMatch(Future::isDone));
  }

  @Override
  public void close() {
    stop.set(true);
    threads.shutdown();
    for (var thread : running) {
      end(thread);
    }
  }

  private static void end(Future<?> thread) {
    try {
      thread.get(30, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new AssertionError(e.getCause());
    } catch (InterruptedException | TimeoutException e) {
      throw new AssertionError("a thread is stuck in the token", e);
    }
  }
}
