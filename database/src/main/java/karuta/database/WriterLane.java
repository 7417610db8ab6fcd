package karuta.database;

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

/// One platform thread with one connection, which does all writes in the order in which they came.
///
/// A caller waits for its turn no longer than the patience; after that its work is not begun. Work that has begun is
/// waited for, because abandoning it would leave its outcome unknown; what it waits for itself (the disk) has deadlines
/// of its own.
final class WriterLane implements AutoCloseable {
  private static final int WAITING = 1024;

  private final ThreadPoolExecutor thread;
  private final DataSource source;
  private final Duration patience;
  private final String name;

  /// Touched by the lane's thread alone.
  private @Nullable Connection connection;

  /// @param name of what is written, for messages and the thread
  WriterLane(DataSource source, Duration patience, String name) {
    this.source = source;
    this.patience = patience;
    this.name = name;
    this.thread =
        new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(WAITING),
            Thread.ofPlatform().name("karuta-%s-writer".formatted(name)).daemon().factory());
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
      throw new DatabaseUnavailable("the %s has too much to do, or is closed".formatted(name), e);
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
        throw new DatabaseUnavailable("the %s is still at work".formatted(name));
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
          throw new DatabaseUnavailable("the %s has too much to do".formatted(name), e);
        }
        return task.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DatabaseUnavailable("interrupted while the %s was at work".formatted(name), e);
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
      throw new DatabaseUnavailable("the database was not closed cleanly", e);
    }
  }
}
