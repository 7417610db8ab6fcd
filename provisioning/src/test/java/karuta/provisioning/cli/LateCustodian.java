package karuta.provisioning.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import karuta.token.Pin;

/// Runs a command whose custodian types the right sentence, a day and an hour after it was asked for.
final class LateCustodian {
  private LateCustodian() {}

  /// Begins.
  ///
  /// @param arguments of the command
  public static void main(String[] arguments) {
    // as the program itself: the plan is told in its letters and digits
    Locale.setDefault(Locale.ROOT);
    var late = new AtomicReference<>(Duration.ZERO);
    InstantSource clock = () -> Instant.now().plus(late.get());
    var prompt =
        new Prompt() {
          @Override
          public String line(String question) {
            late.set(Duration.ofHours(25));
            return question.replaceAll("type '(.*)': ", "$1");
          }

          @Override
          public Pin pin(String question) {
            throw new IllegalStateException("the PIN is in a file");
          }
        };
    var out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    var err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    System.exit(Main.run(new Context(out, err, false, prompt, clock, () -> false), arguments));
  }
}
