package karuta.server.watch;

import java.time.Instant;
import java.util.function.Consumer;
import karuta.server.store.Store;
import karuta.server.store.WrongAnswer;

/// Reads new wrong answers from the committed verdicts. So all servers of one store see the same, and answers do not
/// wait for each other at a row with a counter.
///
/// One call reads a limited number of rows; the next call goes on from there. A verdict carries the time at which its
/// answer came, but can be read only after its commit, later by at most the store's deadlines. So a verdict may appear
/// behind the place already read. Therefore, once everything was read, the next reading starts again that much before
/// the time at which this one began; some verdicts are read twice.
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
