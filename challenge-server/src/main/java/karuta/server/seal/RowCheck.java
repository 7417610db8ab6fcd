package karuta.server.seal;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import karuta.server.store.AuditRow;
import karuta.server.store.AuditTable;

/// Looks at audit rows one by one, for what no seal would show: a row with an id that sorts behind every time is never
/// sealed, and neither is one that waits for a time to come.
final class RowCheck {
  /// How far a row may be ahead of whoever checks: more than a server's clock may be off.
  private static final Duration AHEAD = Duration.ofSeconds(10);

  private static final int LINES = 100;

  private final Instant now;
  private final List<String> found = new ArrayList<>();
  private int more;

  /// @param now time of record
  RowCheck(Instant now) {
    this.now = now;
  }

  /// A row under a seal.
  void sealed(AuditRow row) {
    var time = AuditTable.timeOf(row.id());
    if (time.isEmpty()) {
      found(row, "its id is none that a server makes");
      return;
    }
    var late = Duration.between(Instant.ofEpochMilli(row.at()), time.get());
    if (late.isNegative() || late.compareTo(Seals.LAG) > 0) {
      found(row, "its id is of " + time.get() + ", which does not agree");
    }
    if (time.get().isAfter(now.plus(AHEAD))) {
      found(row, "it is from the future");
    }
  }

  /// A row after the last seal.
  void open(AuditRow row) {
    sealed(row);
    var time = AuditTable.timeOf(row.id());
    if (time.isPresent() && time.get().isBefore(now.minus(Seals.DUE))) {
      found(row, "it is older than %d minutes and under no seal".formatted(Seals.DUE.toMinutes()));
    }
  }

  /// A row that no list of rows begins with.
  void withoutId() {
    add("a row has an empty id, which is none that a server makes");
  }

  /// A line for each thing found; of very many the first.
  List<String> lines() {
    var lines = new ArrayList<>(found);
    if (more > 0) {
      lines.add("and as much of " + more + " more rows");
    }
    return lines;
  }

  private void found(AuditRow row, String what) {
    // the id may be anybody's text
    var id = row.id().replaceAll("[^0-9A-Za-z]", "?");
    add("row %s of %s: %s".formatted(id, Instant.ofEpochMilli(row.at()), what));
  }

  private void add(String line) {
    if (found.size() < LINES) {
      found.add(line);
    } else {
      more++;
    }
  }
}
