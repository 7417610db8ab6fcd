package karuta.server.challenge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import karuta.card.Profile;
import org.junit.jupiter.api.Test;

/// What the threat model says a guesser gets, computed from the usual policy: who changes a limit changes the page.
class GuessingFiguresTest {
  private static final Policy POLICY = Policy.standard();

  /// Chance of one guess at one draw of two cells, out of 64 pictures each.
  private static final double ONE_DRAW = 1.0 / (64 * 64);

  private static void assertSaid(String sentence) throws IOException {
    var page = Files.readString(Path.of("../docs/threat-model.md")).replaceAll("\\s+", " ");
    assertThat(page).contains(sentence);
  }

  private static String percent(int digits, double chance) {
    return String.format(Locale.ROOT, "%." + digits + "f %%", 100 * chance);
  }

  private static double atLeastOnce(int guesses, double chance) {
    return 1 - Math.pow(1 - chance, guesses);
  }

  @Test
  void aGuesserOnOneCard() throws Exception {
    assertSaid("Two cells: right once in 4,096 tries; four cells");
    assertSaid("once in %s.".formatted(String.format(Locale.ROOT, "%,d", 64 * 64 * 64 * 64)));
    assertThat(POLICY.wrongLimit()).isEqualTo(5);
    assertSaid("5 / 4,096 = %s".formatted(percent(2, POLICY.wrongLimit() * ONE_DRAW)));
  }

  @Test
  void aPatientGuesser() throws Exception {
    var draws = Profile.STANDARD.draws();
    var between = POLICY.wrongLimit() - 1;
    assertThat(between).isEqualTo(4);
    assertSaid(
        "about %s over a book of %d questions"
            .formatted(percent(1, atLeastOnce(between * draws, ONE_DRAW)), draws));
    assertThat(POLICY.stepUpAt()).isEqualTo(10);
    assertThat(POLICY.lifeLimit()).isEqualTo(30);
    var afterStepUp = POLICY.lifeLimit() - POLICY.stepUpAt();
    var missed =
        (1 - atLeastOnce(POLICY.stepUpAt(), ONE_DRAW))
            * (1 - atLeastOnce(afterStepUp, ONE_DRAW * ONE_DRAW));
    assertSaid("altogether %s".formatted(percent(2, 1 - missed)));
  }

  @Test
  void aGuesserOnEveryCard() throws Exception {
    var watch = POLICY.watch();
    assertSaid(
        "By default %d, %d and %d raise the alarm"
            .formatted(watch.minute(), watch.hour(), watch.day()));
    assertSaid("has %d customers a day".formatted(watch.day() - 1));
    var aDay = (watch.day() - 1) * POLICY.stepUpAt() * ONE_DRAW;
    assertSaid(": %s right answers a day".formatted(String.format(Locale.ROOT, "%.1f", aDay)));
    assertSaid("%d N / 4,096 in the end".formatted(POLICY.stepUpAt()));
  }
}
