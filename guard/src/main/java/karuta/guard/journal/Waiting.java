package karuta.guard.journal;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import karuta.database.DatabaseUnavailable;

/// An entry, and what its caller waits for.
record Waiting(Entry entry, CompletableFuture<Decision> decision) {
  Waiting(Entry entry) {
    this(entry, new CompletableFuture<>());
  }

  Decision await(Duration patience) {
    try {
      return decision.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new DatabaseUnavailable("the journal did not answer in time", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DatabaseUnavailable("interrupted while the journal was at work", e);
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case RuntimeException cause -> throw cause;
        case Error cause -> throw cause;
        case null, default -> throw new IllegalStateException(e);
      }
    }
  }
}
