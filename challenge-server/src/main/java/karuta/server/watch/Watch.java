package karuta.server.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import karuta.server.audit.AuditEntry;
import karuta.server.audit.AuditEvent;
import karuta.server.card.Caller;
import karuta.server.challenge.Policy;
import karuta.server.store.AlarmTable;
import karuta.server.store.Store;
import karuta.server.store.Tx;
import karuta.server.watch.Observer.Event;
import org.jspecify.annotations.Nullable;

/// Looks across accounts: who tries a few guesses on every customer never locks a card, but leaves wrong answers on
/// many.
///
/// It counts different subjects with a wrong answer within a minute, an hour and a day. Each server counts for itself,
/// from the verdicts on disk and so from the same: it reads what has come since it last looked, from time to time and
/// in nobody's way. The alarm goes up at the threshold of one window and down a fifth below each, once for all servers;
/// a server that has not read all yet may put it up, but not down.
public final class Watch {
  private final Store store;
  private final Policy policy;
  private final Observer observer;
  private final List<Window> windows;
  private @Nullable WrongAnswers answers;

  public Watch(Store store, Policy policy, Observer observer) {
    this.store = store;
    this.policy = policy;
    this.observer = observer;
    this.windows =
        policy.watch().windows().entrySet().stream()
            .map(
                entry ->
                    new Window(
                        entry.getKey(), new RecentSubjects(entry.getValue()), entry.getValue()))
            .toList();
  }

  /// Whether step-up is the rule now.
  public boolean stepUp(Tx tx) {
    return policy.stepUpOnAlarm() && tx.alarms().raised(AlarmTable.HORIZONTAL_GUESSING);
  }

  /// Looks, from time to time.
  public void look(Instant now) {
    var seen = count(now);
    var raised = store.read(tx -> tx.alarms().raised(AlarmTable.HORIZONTAL_GUESSING));
    if (!raised && seen.exceeded().isPresent()) {
      var rule = seen.exceeded().get().rule();
      if (store.change(tx -> raise(tx, now, rule))) {
        observer.saw(Event.HORIZONTAL_GUESSING);
      }
      observer.guessing(true);
    } else if (raised && seen.complete() && seen.quiet()) {
      if (store.change(tx -> clear(tx, now))) {
        observer.saw(Event.HORIZONTAL_GUESSING_OVER);
      }
      observer.guessing(false);
    } else {
      observer.guessing(raised);
    }
  }

  private record Window(Duration span, RecentSubjects recent, int threshold) {
    int subjects(Instant now) {
      return recent.after(now.minus(span));
    }

    /// A fifth below the threshold, at least one: far enough that the alarm does not flutter, near enough that an
    /// ordinary day ends it.
    int calm() {
      return threshold - Math.max(1, threshold / 5);
    }

    String rule() {
      return "%d subjects in %s".formatted(threshold, span);
    }
  }

  /// @param exceeded the first window whose threshold is reached
  /// @param quiet whether each window is well below its threshold
  /// @param complete whether all there was has been read
  private record Count(Optional<Window> exceeded, boolean quiet, boolean complete) {}

  private synchronized Count count(Instant now) {
    var since = now.minus(windows.getFirst().span());
    var reading = answers == null ? new WrongAnswers(store, since) : answers;
    answers = reading;
    reading.read(
        now,
        answer -> windows.forEach(window -> window.recent().add(answer.subject(), answer.at())));
    return new Count(
        windows.stream().filter(window -> window.subjects(now) >= window.threshold()).findFirst(),
        windows.stream().allMatch(window -> window.subjects(now) < window.calm()),
        reading.complete());
  }

  private static boolean raise(Tx tx, Instant now, String rule) {
    var raised = tx.alarms().raise(AlarmTable.HORIZONTAL_GUESSING, now);
    if (raised) {
      note(tx, now, AuditEvent.HORIZONTAL_GUESSING, rule);
    }
    return raised;
  }

  private static boolean clear(Tx tx, Instant now) {
    var cleared = tx.alarms().clear(AlarmTable.HORIZONTAL_GUESSING);
    if (cleared) {
      note(tx, now, AuditEvent.HORIZONTAL_GUESSING_OVER, "well below every threshold");
    }
    return cleared;
  }

  private static void note(Tx tx, Instant now, AuditEvent event, String rule) {
    tx.audit().add(new AuditEntry(now, Caller.KARUTA.name(), event, 0, "", 0, rule));
  }
}
