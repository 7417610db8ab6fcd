package karuta.guard.journal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import karuta.database.DatabaseUnavailable;

/// Commits entries, all that wait together in one transaction: the disk is what takes time, and it takes no longer for
/// ten.
///
/// One thread of its own, so a guard's chain has one writer.
final class GroupCommit implements Commits {
  private static final int WAITING = 1_000;
  private static final int TOGETHER = 64;

  private final GroupWriter writer;

  /// Entries, and nothing where the thread shall only look whether it is over.
  private final BlockingQueue<Optional<Waiting>> queue = new ArrayBlockingQueue<>(WAITING);

  private final Duration patience;
  private final Thread thread;
  private volatile boolean closed;

  /// @param patience how long a caller waits; longer than the database's own deadlines
  GroupCommit(GroupWriter writer, Duration patience) {
    this.writer = writer;
    this.patience = patience;
    this.thread = Thread.ofPlatform().name("karuta-journal-writer").daemon().start(this::run);
  }

  @Override
  public Decision record(Entry entry) {
    var waiting = new Waiting(entry);
    if (closed || !queue.offer(Optional.of(waiting))) {
      throw new DatabaseUnavailable("the journal has too much to do, or is closed");
    }
    return waiting.await(patience);
  }

  private void run() {
    while (!closed || !queue.isEmpty()) {
      try {
        var taken = new ArrayList<Optional<Waiting>>();
        taken.add(queue.take());
        queue.drainTo(taken, TOGETHER - 1);
        var group = taken.stream().flatMap(Optional::stream).toList();
        if (!group.isEmpty()) {
          writer.commit(group);
        }
      } catch (InterruptedException _) {
        // nobody interrupts it; whether it is over is looked at in any case
      }
    }
  }

  /// Entries that are waiting are still committed.
  @Override
  public void close() {
    closed = true;
    // if there is no room for it, the thread has enough to wake it
    var _ = queue.offer(Optional.empty());
    try {
      thread.join(patience);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
