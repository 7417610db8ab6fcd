package karuta.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class MonotonicClockTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration SECOND = Duration.ofSeconds(1);

  @Test
  void whatSetsTheMachinesClockSetsNotThisOne() {
    var machine = new ManualClock();
    var begin = machine.instant();
    var counter = new AtomicLong(Long.MAX_VALUE);
    var clock = new MonotonicClock(machine, counter::get);
    assertThat(clock.instant()).isEqualTo(begin);
    machine.advance(HOUR.negated());
    counter.addAndGet(SECOND.toNanos());
    assertThat(clock.instant()).isEqualTo(begin.plus(SECOND));
    machine.advance(HOUR.multipliedBy(2));
    counter.addAndGet(SECOND.toNanos());
    assertThat(clock.instant()).isEqualTo(begin.plus(SECOND.multipliedBy(2)));
  }
}
