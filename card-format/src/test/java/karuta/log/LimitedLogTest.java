package karuta.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LimitedLogTest {
  private final ArrayList<String> lines = new ArrayList<>();
  private final AtomicLong nanos = new AtomicLong();
  private final LimitedLog log = new LimitedLog(lines::add, nanos::get);

  private void write(String source, int times) {
    for (var i = 0; i < times; i++) {
      log.line(source, () -> source + " was refused");
    }
  }

  @Test
  void aFloodIsCountedAndNotWritten() {
    write("front-end", 100_000);
    assertThat(lines).hasSize(20).containsOnly("front-end was refused");
    nanos.addAndGet(Duration.ofSeconds(10).toNanos());
    write("front-end", 1);
    assertThat(lines.subList(20, 22))
        .containsExactly(
            "99980 more lines like these about front-end are left out", "front-end was refused");
  }

  @Test
  void oneSourceTakesNothingFromAnother() {
    write("front-end", 1_000);
    write("back-office", 1);
    assertThat(lines).last().isEqualTo("back-office was refused");
  }

  @Test
  void theCountIsToldThoughTheSourceFallsSilent() {
    write("-", 21);
    log.flush();
    assertThat(lines).hasSize(20);
    nanos.addAndGet(Duration.ofSeconds(10).toNanos());
    log.flush();
    log.flush();
    assertThat(lines).hasSize(21).last().isEqualTo("1 more lines like these about - are left out");
  }
}
