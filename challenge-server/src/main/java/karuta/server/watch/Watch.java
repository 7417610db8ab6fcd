package karuta.server.watch;

import java.time.Instant;
import karuta.server.audit.AuditEntry;
import karuta.server.audit.AuditEvent;
import karuta.server.card.Caller;
import karuta.server.challenge.Policy;
import karuta.server.store.AlarmTable;
import karuta.server.store.Store;
import karuta.server.store.Tx;
import karuta.server.watch.Observer.Event;
import org.jspecify.annotations.Nullable;

/// Looks across accounts: who tries a few guesses on every customer never locks a card, but leaves wrong answers on many.
///
/// It counts different subjects with a wrong answer within the window. Each server counts for itself, from the verdicts on disk
/// and so from the same: it reads what has come since it last looked, from time to time and in nobody's way. The alarm goes up
/// at the threshold and down below half of it, once for all servers; a server that has not read all yet may put it up, but
/// not down.
public final class Watch {
  private final Store store;
  private final Policy policy;
  private final Observer observer;
  private final RecentSubjects recent;
  private @Nullable WrongAnswers answers;

  public Watch(Store store, Policy policy, Observer observer) {
    this.store = store;
    this.policy = policy;
    this.observer = observer;
    this.recent = new RecentSubjects(policy.watch().subjects());
  }

  /// Whether step-up is the rule now.
  public boolean stepUp(Tx tx) {
    return policy.stepUpOnAlarm() && tx.alarms().raised(AlarmTable.HORIZONTAL_GUESSING);
  }

  /// Looks, from time to time.
  public void look(Instant now) {
    var seen = count(now);
    var threshold = policy.watch().subjects();
    var raised = store.read(tx -> tx.alarms().raised(AlarmTable.HORIZONTAL_GUESSING));
    if (!raised && seen.subjects() >= threshold) {
      if (store.change(tx -> raise(tx, now))) {
        observer.saw(Event.HORIZONTAL_GUESSING);
      }
      observer.guessing(true);
    } else if (raised && seen.complete() && seen.subjects() < (threshold + 1) / 2) {
      if (store.change(tx -> clear(tx, now))) {
        observer.saw(Event.HORIZONTAL_GUESSING_OVER);
      }
      observer.guessing(false);
    } else {
      observer.guessing(raised);
    }
  }

  /// @param complete whether all there was has been read
  private record Count(int subjects, boolean complete) {}

  private synchronized Count count(Instant now) {
    var since = now.minus(policy.watch().window());
    var reading = answers == null ? new WrongAnswers(store, since) : answers;
    answers = reading;
    reading.read(now, answer -> recent.add(answer.subject(), answer.at()));
    return new Count(recent.after(since), reading.complete());
  }

  private boolean raise(Tx tx, Instant now) {
    var raised = tx.alarms().raise(AlarmTable.HORIZONTAL_GUESSING, now);
    if (raised) {
      note(tx, now, AuditEvent.HORIZONTAL_GUESSING);
    }
    return raised;
  }

  private boolean clear(Tx tx, Instant now) {
    var cleared = tx.alarms().clear(AlarmTable.HORIZONTAL_GUESSING);
    if (cleared) {
      note(tx, now, AuditEvent.HORIZONTAL_GUESSING_OVER);
    }
    return cleared;
  }

  private void note(Tx tx, Instant now, AuditEvent event) {
    var rule = "%d subjects in %s".formatted(policy.watch().subjects(), policy.watch().window());
    tx.audit().add(new AuditEntry(now, Caller.KARUTA.name(), event, 0, "", 0, rule));
  }
}
