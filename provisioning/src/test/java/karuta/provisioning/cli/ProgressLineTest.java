package karuta.provisioning.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ProgressLineTest {
  private final StringWriter screen = new StringWriter();
  private Instant now = Instant.EPOCH;

  private ProgressLine line(boolean terminal) {
    var out = new PrintWriter(screen);
    return new ProgressLine(
        new Context(out, out, terminal, Prompt.of(null), () -> now, () -> false));
  }

  /// Ten cards a second.
  private String shown(boolean terminal, int cards) {
    var progress = line(terminal);
    for (var done = 1; done <= cards; done++) {
      progress.at("making cards", done, cards);
      now = now.plusMillis(100);
    }
    return screen.toString();
  }

  @Test
  void onATerminalOneLineIsRewritten() {
    assertThat(shown(true, 4).replace(System.lineSeparator(), "\n"))
        .isEqualTo(
            "\r\033[Kmaking cards: 1 of 4\r\033[Kmaking cards: 3 of 4\r\033[Kmaking cards: 4 of 4\n");
  }

  @Test
  void elsewhereALineComesEveryTenSeconds() {
    assertThat(shown(false, 250).lines())
        .containsExactly(
            "karuta: making cards: 1 of 250",
            "karuta: making cards: 101 of 250, 15 s left",
            "karuta: making cards: 201 of 250, 5 s left",
            "karuta: making cards: 250 of 250");
  }

  @Test
  void longWorkIsSaidInMinutes() {
    assertThat(shown(false, 3000)).contains("101 of 3,000, 5 min left");
  }
}
