package karuta.server.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.stream.LongStream;
import karuta.server.simulation.History.Broken;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Thousands of histories, each checked against what a plain model says of it. A failing one is printed with its seed,
/// made as short as it still fails; `-Dkaruta.simulation.histories=N -Dkaruta.simulation.seed=S` runs N of them from
/// seed S on.
class AnsweringSimulationTest {
  private static final long HISTORIES = Long.getLong("karuta.simulation.histories", 3_000);
  private static final long FIRST = Long.getLong("karuta.simulation.seed", 1);
  private static final long TOGETHER = 100;
  private static final Site SITE = new Site();

  @AfterAll
  static void close() {
    SITE.close();
  }

  /// Some at a time, so that what bounds one test bounds no more than a hung history on a slow machine.
  static LongStream seeds() {
    return LongStream.iterate(FIRST, seed -> seed < FIRST + HISTORIES, seed -> seed + TOGETHER);
  }

  @ParameterizedTest(name = "from seed {0} on")
  @MethodSource("seeds")
  void noHistoryBreaksAPromise(long first) {
    for (var seed = first; seed < Math.min(first + TOGETHER, FIRST + HISTORIES); seed++) {
      var broken = History.of(seed).run(SITE);
      if (broken.isPresent()) {
        throw new AssertionError(
            "history %d of %d, %s"
                .formatted(seed - FIRST + 1, HISTORIES, Shrinking.of(broken.get(), SITE)),
            broken.get().promise());
      }
    }
  }

  @Test
  void theSameSeedIsTheSameHistory() {
    assertThat(History.of(7).words(SITE)).isEqualTo(History.of(7).words(SITE));
  }

  /// Histories that broke a promise once.
  @ParameterizedTest
  @ValueSource(longs = {1})
  void whatWasMendedStaysMended(long seed) {
    assertThat(History.of(seed).run(SITE)).isEqualTo(Optional.<Broken>empty());
  }
}
