package karuta.server.watch;

import java.time.Instant;
import java.util.function.Consumer;
import karuta.server.store.Store;
import karuta.server.store.WrongAnswer;

/// Reads the wrong answers that have come since it last read, from the verdicts on disk, so that all servers of one
/// store see the same and no counter row is in the way of answers.
///
/// Each reading has an end, however many there are; what is left is for the next. A verdict has the time its answer
/// came and is seen when it is committed, which may be as much later as the store's deadlines allow. So once the end
/// was reached, reading begins anew as far back as a verdict could still be missing when the way to that end began,
/// however many readings it took.
final class WrongAnswers {
  static final int PAGE = 1_000;
  static final int PAGES = 10;

  private final Store store;
  private WrongAnswer place;
  private Instant wholeUntil = Instant.MIN;
  private boolean complete = true;

  /// @param since where reading begins
  WrongAnswers(Store store, Instant since) {
    this.store = store;
    this.place = WrongAnswer.before(since);
  }

  /// Reads on.
  ///
  /// @param each is given every answer, some of them again
  /// @return how many were read
  int read(Instant now, Consumer<WrongAnswer> each) {
    if (complete) {
      wholeUntil = now.minus(store.slowest());
    }
    var read = 0;
    for (var page = 0; page < PAGES; page++) {
      var from = place;
      var answers = store.read(tx -> tx.verdicts().wrongAfter(from, PAGE));
      answers.forEach(each);
      read += answers.size();
      if (answers.size() < PAGE) {
        place = WrongAnswer.before(wholeUntil);
        complete = true;
        return read;
      }
      place = answers.getLast();
    }
    complete = false;
    return read;
  }

  /// Whether the last reading came to the end of what there was.
  boolean complete() {
    return complete;
  }
}
