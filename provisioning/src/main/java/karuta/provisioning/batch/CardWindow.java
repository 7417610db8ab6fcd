package karuta.provisioning.batch;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/// Cards in the order of their lines, made ahead by other threads, never more than a few. Serials are drawn here, by one
/// thread, in order.
final class CardWindow implements AutoCloseable {
  private static final int AHEAD = 16;

  private final SubjectFile lines;
  private final CardMaker maker;
  private final Serials serials;
  private final ExecutorService workers;
  private final ArrayDeque<Future<Card>> ahead = new ArrayDeque<>();

  CardWindow(SubjectFile lines, CardMaker maker, Serials serials, ExecutorService workers) {
    this.lines = lines;
    this.maker = maker;
    this.serials = serials;
    this.workers = workers;
  }

  /// The next card, which the caller closes; empty at the end.
  Optional<Card> next() throws IOException {
    while (ahead.size() < AHEAD) {
      var line = lines.next();
      if (line.isEmpty()) {
        break;
      }
      var serial = serials.next();
      ahead.add(workers.submit(() -> maker.make(line.get(), serial)));
    }
    var first = ahead.poll();
    return first == null ? Optional.empty() : Optional.of(wait(first));
  }

  /// Wipes the cards nobody took.
  @Override
  public void close() throws IOException {
    for (var card : ahead) {
      try {
        wait(card).close();
      } catch (RuntimeException alreadyReported) {
        // A card that could not be made holds nothing to wipe; the failure that ended the batch is
        // on its way.
        continue;
      }
    }
  }

  private static Card wait(Future<Card> card) throws IOException {
    try {
      return card.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Interrupted();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException("a card could not be made", e);
    } catch (CancellationException e) {
      throw new Interrupted();
    }
  }
}
