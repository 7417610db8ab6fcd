package karuta.token;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import karuta.token.ModuleLocation.Concurrency;

/// Keeps a restart of the module, and the making of objects, away from every other call.
///
/// Method: a fair read-write lock. A call holds the read side over its whole `C_*Init` to `C_*` pair; whoever finalises
/// the module, closes sessions of others, or makes and destroys objects holds the write side. Without it `C_Finalize`
/// or `C_CloseAllSessions` under four verifying threads killed the JVM at the first try, and SoftHSM 2.6.1 gave rare
/// errors when keys were made while others searched and verified. Order of locks: guard first, then the turn of a
/// module that takes one call at a time, then a session of the pool, never the other way round. Both sides are waited
/// for with a deadline, because a hanging native call holds the read side.
final class Guard {
  private static final String TOO_LATE = "the token's other calls did not end in time";

  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock(true);
  private final ReentrantLock turn = new ReentrantLock(true);
  private final Concurrency concurrency;

  Guard(Concurrency concurrency) {
    this.concurrency = concurrency;
  }

  <T, E extends Exception> T shared(Deadline deadline, Work<T, E> work) throws E {
    return holding(lock.readLock(), deadline, () -> inTurn(deadline, work));
  }

  private <T, E extends Exception> T inTurn(Deadline deadline, Work<T, E> work) throws E {
    return switch (concurrency) {
      case MANY_CALLS -> work.run();
      case ONE_CALL -> holding(turn, deadline, work);
    };
  }

  <T, E extends Exception> T alone(Deadline deadline, Work<T, E> work) throws E {
    return holding(lock.writeLock(), deadline, work);
  }

  private static <T, E extends Exception> T holding(Lock lock, Deadline deadline, Work<T, E> work)
      throws E {
    lock(lock, deadline, TOO_LATE);
    try {
      return work.run();
    } finally {
      lock.unlock();
    }
  }

  /// @throws TokenUnavailable if the lock is not to be had before the deadline
  static void lock(Lock lock, Deadline deadline, String otherwise) {
    try {
      if (!lock.tryLock(Math.max(deadline.remainingNanos(), 0), TimeUnit.NANOSECONDS)) {
        throw new TokenUnavailable(otherwise);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TokenUnavailable("interrupted while waiting for the token", e);
    }
  }
}
