package karuta.provisioning.cli;

import java.time.Duration;
import java.time.Instant;
import karuta.provisioning.batch.Progress;

/// Progress for people: on a terminal one line that is rewritten, elsewhere a plain line now and then, so that a log stays
/// readable.
final class ProgressLine implements Progress {
  private static final Duration REWRITE = Duration.ofMillis(200);
  private static final Duration PLAIN = Duration.ofSeconds(10);

  private final Context context;
  private Instant last = Instant.MIN;

  ProgressLine(Context context) {
    this.context = context;
  }

  @Override
  public void at(String step, long done, long of) {
    var now = context.clock().instant();
    var pause = context.terminal() ? REWRITE : PLAIN;
    if (done < of && !last.equals(Instant.MIN) && now.isBefore(last.plus(pause))) {
      return;
    }
    last = now;
    var text = "%s: %,d of %,d".formatted(step, done, of);
    if (context.terminal()) {
      context.err().print("\r\033[K" + text + (done == of ? System.lineSeparator() : ""));
      context.err().flush();
    } else {
      context.note("%s", text);
    }
  }
}
