package karuta.guard.journal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import karuta.database.Database;
import karuta.database.DatabaseUnavailable;
import karuta.database.Sql;

/// Commits a group of entries in one transaction.
///
/// Cards are held in one order, so that two guards of one journal do not wait for each other in a circle. A group whose
/// commit gave no answer is unknown to all who wait for it; an entry that cannot be recorded spoils none of the others,
/// because then each is committed by itself.
///
/// For one thread at a time.
final class GroupWriter {
  private static final Comparator<Waiting> BY_CARD =
      Comparator.comparing((Waiting one) -> one.entry().subject().value())
          .thenComparing(one -> one.entry().generation());

  private final Database database;
  private final Deciding deciding;
  private final String guard;
  private volatile long highest = Long.MAX_VALUE;
  private volatile boolean moved;

  /// Where this guard left its chain: nowhere yet, at one place, or at one of two where the end of a commit is unknown.
  private List<Chain> left = List.of();

  GroupWriter(Database database, Deciding deciding, String guard) {
    this.database = database;
    this.deciding = deciding;
    this.guard = guard;
  }

  /// Whose chain it writes.
  String guard() {
    return guard;
  }

  /// Whether the chain was found elsewhere than this guard left it: the journal was put back, or somebody writes in its
  /// name.
  boolean moved() {
    return moved;
  }

  /// From now on no row with a higher number is written.
  void allowUpTo(long sequence) {
    highest = sequence;
  }

  /// Commits, and tells each who waits what became of it. Throws nothing.
  void commit(List<Waiting> unsorted) {
    var group = unsorted.stream().sorted(BY_CARD).toList();
    try {
      var decisions = database.change(sql -> decide(sql, group));
      left = List.of(left.getLast());
      for (var i = 0; i < group.size(); i++) {
        group.get(i).decision().complete(decisions.get(i));
      }
    } catch (DatabaseUnavailable unknown) {
      group.forEach(one -> one.decision().completeExceptionally(unknown));
    } catch (RuntimeException | Error failure) {
      if (group.size() == 1) {
        group.getFirst().decision().completeExceptionally(failure);
      } else {
        group.forEach(one -> commit(List.of(one)));
      }
    }
  }

  private List<Decision> decide(Sql sql, List<Waiting> group) {
    var before = Chain.hold(sql, guard);
    requireAsLeft(before);
    var chain = before;
    var decisions = new ArrayList<Decision>(group.size());
    for (var one : group) {
      if (chain.sequence() >= highest) {
        throw new DatabaseUnavailable("the token does not remember so far, and is asked to");
      }
      var recorded = deciding.record(sql, chain, one.entry());
      chain = recorded.chain();
      decisions.add(recorded.decision());
    }
    if (!chain.equals(before)) {
      chain.write(sql, before);
    }
    left = List.of(before, chain);
    return decisions;
  }

  /// For good: only a start looks what the token remembers.
  private void requireAsLeft(Chain chain) {
    if (!left.isEmpty() && !left.contains(chain)) {
      moved = true;
    }
    if (moved) {
      throw new DatabaseUnavailable("the journal is not as this guard left it");
    }
  }
}
