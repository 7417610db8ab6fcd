package karuta.server.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// One platform thread with one connection: work is done in the order it came.
///
/// Waiting for one's turn has an end and then nothing was done. Work that has begun is waited for, because giving up on it
/// would leave its end unknown; what it waits for itself (the disk, the token) has deadlines of its own.
final class WriterLane implements AutoCloseable {
  private static final int WAITING = 1024;

  private final ThreadPoolExecutor thread =
      new ThreadPoolExecutor(
          1,
          1,
          0,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(WAITING),
          Thread.ofPlatform().name("karuta-store-writer").daemon().factory());
  private final DataSource source;
  private final Duration patience;

  /// Touched by the lane's thread alone.
  private @Nullable Connection connection;

  WriterLane(DataSource source, Duration patience) {
    this.source = source;
    this.patience = patience;
  }

  <T> T run(Function<Connection, T> work) {
    var taken = new AtomicBoolean();
    var task =
        new FutureTask<T>(
            () -> {
              if (!taken.compareAndSet(false, true)) {
                throw new CancellationException();
              }
              return work.apply(connection());
            });
    try {
      thread.execute(task);
      return await(task, taken);
    } catch (RejectedExecutionException e) {
      throw new StoreUnavailable("the store has too much to do, or is closed", e);
    }
  }

  @Override
  public void close() {
    if (thread.isShutdown()) {
      return;
    }
    thread.execute(this::disconnect);
    thread.shutdown();
    try {
      if (!thread.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new StoreUnavailable("the store is still at work");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private <T> T await(FutureTask<T> task, AtomicBoolean taken) {
    try {
      try {
        return task.get(patience.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        if (taken.compareAndSet(false, true)) {
          throw new StoreUnavailable("the store has too much to do", e);
        }
        return task.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreUnavailable("interrupted while the store was at work", e);
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case RuntimeException cause -> throw cause;
        case Error cause -> throw cause;
        case null, default -> throw new IllegalStateException(e);
      }
    }
  }

  /// The connection, made anew when the last one is no longer good.
  private Connection connection() throws SQLException {
    try {
      if (connection == null || connection.isClosed()) {
        connection = source.getConnection();
      }
      return connection;
    } catch (SQLException e) {
      throw new Sql.Fault(e);
    }
  }

  private void disconnect() {
    try {
      if (connection != null) {
        connection.close();
      }
    } catch (SQLException e) {
      throw new StoreUnavailable("the database was not closed cleanly", e);
    }
  }
}
