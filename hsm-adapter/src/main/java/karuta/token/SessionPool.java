package karuta.token;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import karuta.cryptoki.CkException;
import karuta.cryptoki.Ckr;

/// At most so many read-only sessions in use, first come first served, kept open between uses.
///
/// Read-only, because the verifier must not be able to change what it verifies with. Method: a fair semaphore is the
/// right to hold a session; idle ones lie in a stack, so that few stay warm. A session whose use ended with an
/// exception may still have an operation active and is not lent again. It is never checked at borrowing (a round trip
/// each on a network HSM); a dead one shows itself by its error. Only idle sessions are closed: closing one in use
/// kills the JVM.
final class SessionPool {
  /// The anchor, one read-write session, and one of JCA's.
  private static final int RESERVED = 3;

  private final Connection connection;
  private final InstantSource clock;
  private final Semaphore permits;
  private final int size;
  private final Deque<Long> idle = new ConcurrentLinkedDeque<>();
  private final Map<Object, Instant> running = new ConcurrentHashMap<>();

  SessionPool(Connection connection, int sessions, InstantSource clock) {
    this.connection = connection;
    this.clock = clock;
    this.size = allowed(sessions, connection.info().maxSessions());
    this.permits = new Semaphore(size, true);
  }

  private static int allowed(int wanted, long most) {
    return most <= 0 ? wanted : (int) Math.max(1, Math.min(wanted, most - RESERVED));
  }

  /// Lends a session for one use. Under the guard.
  <T> T lend(Deadline deadline, Function<SessionLease, T> use) {
    acquire(deadline);
    try {
      var known = idle.pollFirst();
      return lend(
          known != null ? known : connection.cryptoki().openSession(connection.slot(), false), use);
    } finally {
      permits.release();
    }
  }

  private <T> T lend(long session, Function<SessionLease, T> use) {
    try {
      var result = held(session, use);
      keep(session);
      return result;
    } catch (TokenException e) {
      // Said between operations, so none is active.
      keep(session);
      throw e;
    } catch (RuntimeException e) {
      discard(session, e);
      throw e;
    }
  }

  /// While idle sessions were looked at, others were opened in their place; without an end to that a token with a limit
  /// would run out of them.
  private void keep(long session) {
    if (idle.size() < size) {
      idle.addFirst(session);
    } else {
      closeQuietly(session);
    }
  }

  /// Opens a read-write session for one use and closes it again. Alone.
  <T> T readWrite(Function<SessionLease, T> use) {
    var session = connection.cryptoki().openSession(connection.slot(), true);
    try {
      var result = held(session, use);
      closeQuietly(session);
      return result;
    } catch (RuntimeException e) {
      discard(session, e);
      throw e;
    }
  }

  /// Uses a session that stays open whatever happens.
  <T> T held(long session, Function<SessionLease, T> use) {
    var lease = new SessionLease(connection, session);
    try {
      return timed(() -> use.apply(lease));
    } finally {
      lease.end();
    }
  }

  /// Runs a call of any kind, and shows it to who asks how long calls take.
  <T, E extends Exception> T timed(Work<T, E> call) throws E {
    var ticket = new Object();
    running.put(ticket, clock.instant());
    try {
      return call.run();
    } finally {
      running.remove(ticket);
    }
  }

  private void acquire(Deadline deadline) {
    try {
      if (!permits.tryAcquire(Math.max(0, deadline.remainingNanos()), TimeUnit.NANOSECONDS)) {
        throw new TokenUnavailable("all " + size + " sessions stayed in use until the deadline");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TokenUnavailable("interrupted while waiting for a session", e);
    }
  }

  /// A session the token calls gone is not closed: its number may be another's by now.
  private void discard(long session, RuntimeException reason) {
    if (!(reason instanceof CkException fault && gone(fault))) {
      closeQuietly(session);
    }
  }

  private static boolean gone(CkException fault) {
    return fault.ckr() == Ckr.CKR_SESSION_HANDLE_INVALID
        || fault.ckr() == Ckr.CKR_SESSION_CLOSED
        || FaultClass.of(fault) == FaultClass.MODULE;
  }

  void closeQuietly(long session) {
    try {
      connection.cryptoki().closeSession(session);
    } catch (CkException e) {
      // It was dead already, which is what closing is for.
    }
  }

  /// Drops the idle sessions that the token no longer knows. Each is taken out while it is asked about, so that no
  /// other thread uses it meanwhile.
  void dropDead() {
    var known = new ArrayDeque<Long>();
    for (var session = idle.pollFirst(); session != null; session = idle.pollFirst()) {
      known.addLast(session);
    }
    known.stream().filter(this::alive).forEach(this::keep);
  }

  private boolean alive(long session) {
    try {
      connection.cryptoki().getSessionInfo(session);
      return true;
    } catch (CkException e) {
      return false;
    }
  }

  void closeIdle() {
    for (var session = idle.pollFirst(); session != null; session = idle.pollFirst()) {
      closeQuietly(session);
    }
  }

  int inUse() {
    return running.size();
  }

  Optional<Instant> oldestCall() {
    return running.values().stream().min(Comparator.naturalOrder());
  }
}
