package karuta.server.operate;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import karuta.server.challenge.Challenges;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SweeperTest {
  private final Lane lane = new Lane("store", 2, 2);
  private final AtomicInteger sweeps = new AtomicInteger();
  private final Semaphore begun = new Semaphore(0);
  private final Semaphore mayEnd = new Semaphore(0);
  private final Sweeper sweeper = new Sweeper(lane, challenges());

  /// A desk whose sweep takes until it is let go, and then fails.
  private Challenges challenges() {
    return (Challenges)
        Proxy.newProxyInstance(
            Challenges.class.getClassLoader(),
            new Class<?>[] {Challenges.class},
            (_, method, _) -> {
              assertThat(method.getName()).isEqualTo("sweep");
              sweeps.incrementAndGet();
              begun.release();
              mayEnd.acquire();
              throw new IllegalStateException("the store hangs");
            });
  }

  @AfterEach
  void close() {
    mayEnd.release(10);
    lane.close();
  }

  @Test
  void aSweepThatHangsHoldsOneThread() throws InterruptedException {
    sweeper.tick();
    begun.acquire();

    sweeper.tick();
    sweeper.tick();

    mayEnd.release(10);
    assertThat(lane.drain(Duration.ofSeconds(30))).isTrue();
    assertThat(sweeps).hasValue(1);
  }

  @Test
  void afterAFailureItIsTriedAgain() throws InterruptedException {
    sweeper.tick();
    begun.acquire();
    mayEnd.release();
    while (sweeps.get() < 2) {
      sweeper.tick();
      Thread.onSpinWait();
    }

    begun.acquire();
  }

  @Test
  void aFullLaneIsTriedAgainAtTheNextTick() throws InterruptedException {
    var held = new Semaphore(0);
    while (lane.offer(held::acquireUninterruptibly)) {
      Thread.onSpinWait();
    }
    sweeper.tick();
    held.release(10);

    while (sweeps.get() == 0) {
      sweeper.tick();
      Thread.onSpinWait();
    }

    begun.acquire();
  }
}
