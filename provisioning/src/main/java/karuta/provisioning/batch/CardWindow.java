package karuta.provisioning.batch;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import karuta.card.Serial;

/// Cards in the order of their lines, made ahead by other threads, never more than a few. Serials are given out here,
/// by one thread, in order.
final class CardWindow implements AutoCloseable {
  private static final int AHEAD = 16;

  private final SubjectFile lines;
  private final Maker maker;
  private final Serials serials;
  private final ExecutorService workers;
  private final ArrayDeque<Future<Card>> ahead = new ArrayDeque<>();

  CardWindow(SubjectFile lines, Maker maker, Serials serials, ExecutorService workers) {
    this.lines = lines;
    this.maker = maker;
    this.serials = serials;
    this.workers = workers;
  }

  /// Makes one card; called by several threads at once.
  @FunctionalInterface
  interface Maker {
    Card make(SubjectLine line, Serial serial);
  }

  /// The next card, which the caller closes; empty at the end.
  Optional<Card> next() throws IOException {
    while (ahead.size() < AHEAD) {
      var line = lines.next();
      // Serials end first if lines were added since they were counted; the file's digest says so.
      var serial = serials.next();
      if (line.isEmpty() || serial.isEmpty()) {
        break;
      }
      ahead.add(workers.submit(() -> maker.make(line.get(), serial.get())));
    }
    if (ahead.isEmpty()) {
      return Optional.empty();
    }
    // Taken off the row only when it is the caller's: until then [#close] wipes it.
    var card = made(ahead.element());
    ahead.remove();
    return Optional.of(card);
  }

  /// Wipes the cards nobody took, and waits for those that are being made; no interrupt is allowed to leave one behind.
  /// Those that could not be made hold nothing to wipe.
  @Override
  public void close() {
    var interrupted = false;
    for (var card : ahead) {
      interrupted |= awaitEnd(card);
      if (card.state() == Future.State.SUCCESS) {
        card.resultNow().close();
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /// Whether an interrupt came meanwhile.
  private static boolean awaitEnd(Future<Card> card) {
    var interrupted = false;
    while (true) {
      try {
        card.get();
        return interrupted;
      } catch (InterruptedException e) {
        interrupted = true;
      } catch (ExecutionException | CancellationException e) {
        // The failure that ended the batch is on its way; this one would hide it.
        return interrupted;
      }
    }
  }

  private static Card made(Future<Card> card) throws IOException {
    try {
      return card.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Interrupted.batch();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException("a card could not be made", e);
    }
  }
}
