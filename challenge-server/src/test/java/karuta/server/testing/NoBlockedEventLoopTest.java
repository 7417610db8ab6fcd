package karuta.server.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Handler;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// That a loop which is held up is seen, and where.
class NoBlockedEventLoopTest {
  private final BlockingQueue<String> seen = new LinkedBlockingQueue<>();
  private final Handler listener =
      new NoBlockedEventLoop.Listener(NoBlockedEventLoopTest.class.getName()::equals, seen::add);
  private final CountDownLatch release = new CountDownLatch(1);
  private final AtomicBoolean stop = new AtomicBoolean();
  private final Vertx vertx =
      Vertx.vertx(
          new VertxOptions()
              .setMaxEventLoopExecuteTimeUnit(TimeUnit.MILLISECONDS)
              .setMaxEventLoopExecuteTime(20)
              .setBlockedThreadCheckIntervalUnit(TimeUnit.MILLISECONDS)
              .setBlockedThreadCheckInterval(100));

  @BeforeEach
  void listen() {
    Logger.getLogger("").addHandler(listener);
  }

  @AfterEach
  void close() throws Exception {
    release.countDown();
    stop.set(true);
    vertx.close().toCompletionStage().toCompletableFuture().get();
    Logger.getLogger("").removeHandler(listener);
  }

  @Test
  void aLoopThatWaitsIsSeenAndWhereItDoes() throws Exception {
    vertx.runOnContext(_ -> await());

    assertThat(seen.take()).contains("has been blocked").contains("NoBlockedEventLoopTest.await");
  }

  @Test
  void aLoopThatDoesTooMuchIsSeen() throws Exception {
    vertx.runOnContext(_ -> work());

    assertThat(seen.take()).contains("NoBlockedEventLoopTest.work");
  }

  @Test
  void theStateOfAThreadIsWhatLinuxSays() {
    var linux = Files.exists(Path.of("/proc/self/task"));
    assertThat(LoopClock.state(Thread.currentThread())).isEqualTo(linux ? 'R' : 'S');
  }

  @Test
  void aLoopThatIsReadyAndGetsNoProcessorIsNotTheServersFault() {
    var little = Duration.ofMillis(300);
    assertThat(LoopClock.isHeldUp('R', little)).isFalse();
    assertThat(LoopClock.isHeldUp('R', Duration.ofMillis(1200))).isTrue();
    assertThat(LoopClock.isHeldUp('S', little)).isTrue();
    assertThat(LoopClock.isHeldUp('D', little)).isTrue();
  }

  private void await() {
    try {
      release.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void work() {
    while (!stop.get()) {
      Thread.onSpinWait();
    }
  }
}
