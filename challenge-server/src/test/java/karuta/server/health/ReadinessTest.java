package karuta.server.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import karuta.guard.client.GuardUnavailable;
import karuta.log.LimitedLog;
import karuta.server.metrics.Meters;
import org.junit.jupiter.api.Test;

class ReadinessTest {
  private final Meters meters = new Meters(new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
  private final AtomicInteger asked = new AtomicInteger();
  private final Queue<String> lines = new ConcurrentLinkedQueue<>();
  private final LimitedLog log = new LimitedLog(lines::add, () -> 0);

  @Test
  void aPartThatHangsIsNotThereAndIsNotAskedAgainUntilItAnswers() throws Exception {
    var begun = new Semaphore(0);
    var mayAnswer = new Semaphore(0);
    var answered = new Semaphore(0);
    var readiness =
        new Readiness(
            Map.of(
                "token",
                () -> {
                  asked.incrementAndGet();
                  begun.release();
                  mayAnswer.acquire();
                  answered.release();
                  return "";
                }),
            meters,
            Duration.ofMillis(1),
            log);

    assertThat(readiness.ask().get().ready()).isFalse();
    begun.acquire();
    for (var i = 0; i < 5; i++) {
      assertThat(readiness.ask().get().ready()).isFalse();
    }
    assertThat(asked).hasValue(1);

    mayAnswer.release(100);
    answered.acquire();
    while (asked.get() == 1) {
      readiness.ask().get();
    }
  }

  @Test
  void aServerThatDoesNotListenYetIsNotReadyWhateverItsPartsSay() throws Exception {
    var readiness = new Readiness(Map.of("store", () -> ""), meters, Duration.ofMinutes(1), log);

    assertThat(readiness.ask().get().ready()).isFalse();
    assertThat(readiness.ask().get().parts()).containsEntry("store", true);
    readiness.serve();
    assertThat(readiness.ask().get().ready()).isTrue();
    readiness.drain();
    assertThat(readiness.ask().get().ready()).isFalse();
  }

  @Test
  void whyAPartIsDownIsToldInTheProgramsWordsAndNobodyElses() throws Exception {
    var readiness =
        new Readiness(
            Map.of(
                "token",
                () -> {
                  throw new GuardUnavailable("the token lacks receipt-1");
                },
                "store",
                () -> {
                  throw new IllegalStateException("what a customer has sent");
                }),
            meters,
            Duration.ofMinutes(1),
            log);

    assertThat(readiness.ask().get().reasons())
        .isEqualTo(Map.of("token", "the token lacks receipt-1", "store", "does not answer"));
  }

  @Test
  void whatAPartCannotDoIsToldAndLoggedAndTheServerIsReady() throws Exception {
    var readiness =
        new Readiness(
            Map.of("guard", () -> "a key is at its limit: book-e1", "store", () -> ""),
            meters,
            Duration.ofMinutes(1),
            log);
    readiness.serve();

    var report = readiness.ask().get();

    assertThat(report.ready()).isTrue();
    assertThat(report.parts()).isEqualTo(Map.of("guard", true, "store", true));
    assertThat(report.reasons()).isEmpty();
    assertThat(report.degraded()).isEqualTo(Map.of("guard", "a key is at its limit: book-e1"));
    assertThat(lines).containsExactly("part=guard degraded: a key is at its limit: book-e1");
  }

  @Test
  void aPartThatFailsIsAskedAgain() throws Exception {
    var readiness =
        new Readiness(
            Map.of(
                "store",
                () -> {
                  if (asked.incrementAndGet() == 1) {
                    throw new IllegalStateException("gone");
                  }
                  return "";
                }),
            meters,
            Duration.ofMinutes(1),
            log);

    assertThat(readiness.ask().get().parts()).containsEntry("store", false);
    assertThat(readiness.ask().get().parts()).containsEntry("store", true);
  }

  /// Whoever reaches the management port may ask any number of times.
  @Test
  void aPartThatIsDownForLongFillsNoDisk() throws Exception {
    var readiness =
        new Readiness(
            Map.of(
                "store",
                () -> {
                  throw new IllegalStateException("gone");
                }),
            meters,
            Duration.ofMinutes(1),
            log);

    for (var i = 0; i < 100; i++) {
      readiness.ask().get();
    }

    assertThat(lines).hasSize(20).allMatch(line -> line.startsWith("part=store down: "));
  }
}
