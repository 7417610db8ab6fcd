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

/// Looks across accounts: who tries a few guesses on every customer never locks a card, but leaves wrong answers on many.
///
/// It counts different subjects with a wrong answer within the window, straight from the verdicts on disk, so that all
/// servers of one store see the same and no counter row is in the way of answers. The alarm goes up at the threshold and
/// down below half of it, once for all servers.
public final class Watch {
  private final Store store;
  private final Policy policy;
  private final Observer observer;

  public Watch(Store store, Policy policy, Observer observer) {
    this.store = store;
    this.policy = policy;
    this.observer = observer;
  }

  /// Whether step-up is the rule now.
  public boolean stepUp(Tx tx) {
    return policy.stepUpOnAlarm() && tx.alarms().raised(AlarmTable.HORIZONTAL_GUESSING);
  }

  /// Looks after a wrong answer, and from time to time.
  public void look(Instant now) {
    var threshold = policy.watch().subjects();
    var raised = store.read(tx -> tx.alarms().raised(AlarmTable.HORIZONTAL_GUESSING));
    var wrong = store.read(tx -> subjects(tx, now));
    if (!raised && wrong >= threshold) {
      if (store.change(tx -> raise(tx, now))) {
        observer.saw(Event.HORIZONTAL_GUESSING);
      }
      observer.guessing(true);
    } else if (raised && wrong < (threshold + 1) / 2) {
      if (store.change(tx -> clear(tx, now))) {
        observer.saw(Event.HORIZONTAL_GUESSING_OVER);
      }
      observer.guessing(false);
    } else {
      observer.guessing(raised);
    }
  }

  private int subjects(Tx tx, Instant now) {
    return tx.verdicts()
        .subjectsWithWrongAnswers(now.minus(policy.watch().window()), policy.watch().subjects());
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
