package karuta.guard.journal;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import karuta.database.Database;
import karuta.database.DatabaseUnavailable;

/// A guard's journal whose entries are committed in the thread that calls, or after their callers have given up. It has
/// no thread of its own, so whoever asks it decides what happens when.
public final class SimulatedJournal {
  private final List<Waiting> left = new ArrayList<>();
  private final BooleanSupplier impatient;
  private final Journal journal;
  private final GroupWriter writer;

  /// @param unseen how many judgements a reply brings at most besides its own
  /// @param impatient whether the caller of the next entry gives up before it is committed
  public SimulatedJournal(
      Database database,
      String guard,
      Caps caps,
      InstantSource time,
      int unseen,
      BooleanSupplier impatient) {
    this.impatient = impatient;
    var deciding = new Deciding(caps, time, unseen);
    this.writer = new GroupWriter(database, deciding, guard);
    this.journal = new Journal(database, deciding, writer, new InCaller());
  }

  /// The journal itself.
  public Journal journal() {
    return journal;
  }

  /// How many entries wait whose callers have given up.
  public int left() {
    return left.size();
  }

  /// Commits them, together.
  public void goOn() {
    commit(new ArrayList<>());
  }

  private void commit(List<Waiting> group) {
    group.addAll(0, left);
    left.clear();
    if (!group.isEmpty()) {
      writer.commit(group);
    }
  }

  private final class InCaller implements Commits {
    @Override
    public Decision record(Entry entry) {
      var waiting = new Waiting(entry);
      if (impatient.getAsBoolean()) {
        left.add(waiting);
        throw new DatabaseUnavailable("the journal did not answer in time");
      }
      commit(new ArrayList<>(List.of(waiting)));
      return waiting.await(Duration.ZERO);
    }

    @Override
    public void close() {
      left.clear();
    }
  }
}
