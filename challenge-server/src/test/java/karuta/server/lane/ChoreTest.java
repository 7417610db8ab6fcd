package karuta.server.lane;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ChoreTest {
  private final Lane lane = new Lane("store", 2, 2);
  private final AtomicInteger times = new AtomicInteger();
  private final Semaphore begun = new Semaphore(0);
  private final Semaphore mayEnd = new Semaphore(0);
  private final Queue<Throwable> told = new ConcurrentLinkedQueue<>();
  private final AtomicInteger skipped = new AtomicInteger();
  private final Chore chore =
      new Chore(lane, "nothing was done", this::work, told::add, skipped::incrementAndGet);

  /// Takes until it is let go, and then fails.
  private void work() {
    times.incrementAndGet();
    begun.release();
    mayEnd.acquireUninterruptibly();
    throw new IllegalStateException("the store hangs");
  }

  @AfterEach
  void close() {
    mayEnd.release(10);
    lane.close();
  }

  @Test
  void aChoreThatHangsHoldsOneThread() throws InterruptedException {
    chore.tick();
    begun.acquire();

    chore.tick();
    chore.tick();

    mayEnd.release(10);
    assertThat(lane.drain(Duration.ofHours(1))).isTrue();
    assertThat(times).hasValue(1);
  }

  @Test
  void afterAFailureItIsTriedAgain() throws InterruptedException {
    chore.tick();
    begun.acquire();
    mayEnd.release();
    while (times.get() < 2) {
      chore.tick();
      Thread.onSpinWait();
    }

    begun.acquire();
    assertThat(told).singleElement().isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aFullLaneIsTriedAgainAtTheNextTick() throws InterruptedException {
    var held = new Semaphore(0);
    while (lane.offer(held::acquireUninterruptibly)) {
      Thread.onSpinWait();
    }
    chore.tick();
    assertThat(skipped).as("told, not passed over in silence").hasValue(1);
    held.release(10);

    while (times.get() == 0) {
      chore.tick();
      Thread.onSpinWait();
    }

    begun.acquire();
  }
}
