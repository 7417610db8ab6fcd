package karuta.server.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RecentSubjectsTest {
  private static final Instant START = Instant.parse("2026-01-05T09:00:00Z");
  private static final Duration WINDOW = Duration.ofMinutes(1);
  private static final int LIMIT = 20;

  private record Seen(String subject, Instant at) {}

  /// Against a count over everything that was ever seen.
  @Test
  void itCountsDifferentSubjectsWithinTheWindowUpToTheLimit() {
    var chance = new Random(20260105);
    var all = new ArrayList<Seen>();
    var recent = new RecentSubjects(LIMIT);
    for (var step = 0; step < 2_000; step++) {
      var now = START.plusMillis(500L * step);
      // now and then many, now and then few, in any order of the last ten seconds, some of them
      // twice
      for (var i = chance.nextInt(step / 200 % 2 == 0 ? 4 : 1 + 1); i > 0; i--) {
        var seen = new Seen("s" + chance.nextInt(60), now.minusMillis(chance.nextInt(10_000)));
        all.add(seen);
        recent.add(seen.subject(), seen.at());
        recent.add(seen.subject(), seen.at());
      }
      var since = now.minus(WINDOW);
      var counted =
          all.stream()
              .filter(seen -> seen.at().isAfter(since))
              .map(Seen::subject)
              .distinct()
              .count();
      assertThat(recent.after(since)).isEqualTo((int) Math.min(LIMIT, counted));
    }
  }
}
