package karuta.provisioning.cli;

import java.time.Duration;
import java.time.Instant;
import karuta.provisioning.batch.Progress;

/// Progress for people: on a terminal one line that is rewritten, elsewhere a plain line now and then, so that a log
/// stays readable. After a while it says how long the step will take at the pace it has kept.
final class ProgressLine implements Progress {
  private static final Duration REWRITE = Duration.ofMillis(200);
  private static final Duration PLAIN = Duration.ofSeconds(10);
  private static final Duration KNOWN = Duration.ofSeconds(5);

  private final Context context;
  private Instant last = Instant.MIN;
  private String step = "";
  private Instant begun = Instant.MIN;
  private long first;

  ProgressLine(Context context) {
    this.context = context;
  }

  @Override
  public void at(String step, long done, long of) {
    var now = context.clock().instant();
    if (!step.equals(this.step)) {
      this.step = step;
      begun = now;
      first = done;
    }
    var pause = context.terminal() ? REWRITE : PLAIN;
    if (done < of && !last.equals(Instant.MIN) && now.isBefore(last.plus(pause))) {
      return;
    }
    last = now;
    var text = "%s: %,d of %,d%s".formatted(step, done, of, left(now, done, of));
    if (context.terminal()) {
      context.err().print("\r\033[K" + text + (done == of ? System.lineSeparator() : ""));
      context.err().flush();
    } else {
      context.note("%s", text);
    }
  }

  private String left(Instant now, long done, long of) {
    var spent = Duration.between(begun, now);
    if (done == of || done == first || spent.compareTo(KNOWN) < 0) {
      return "";
    }
    var seconds = Math.round((double) spent.toMillis() * (of - done) / (done - first) / 1000);
    return seconds < 100
        ? ", %d s left".formatted(seconds)
        : ", %d min left".formatted((seconds + 30) / 60);
  }
}
