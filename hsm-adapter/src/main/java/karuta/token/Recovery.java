package karuta.token;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import karuta.cryptoki.CkException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Finds a lost token again.
///
/// Method: a ladder of three rungs. A lost *session* is dropped and another opened. A lost *login* is looked into with
/// the anchor: logged in again, everything resolved anew. A lost *module* is finalised and initialised, and the token
/// found by label and serial; if it is lost again before a growing pause is over, calls fail at once. Each rung is
/// climbed by one thread at a time; whoever comes second finds it done. A refused PIN is latched: nobody tries it
/// again, on no path.
///
/// What breaks if it is changed: without single flight, N threads restart the module N times, each killing what the
/// last one built; without the latch, they lock the PIN.
final class Recovery {
  private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

  private final Pkcs11Module module;
  private final TokenName name;
  private final Supplier<Pin> pin;
  private final TokenSettings settings;
  private final InstantSource clock;
  private final Backoff backoff;
  private final ReentrantLock climbing = new ReentrantLock();
  private volatile @Nullable Connection current;
  private volatile @Nullable TokenAuthFailed latched;
  private volatile String reason = "";
  private final AtomicLong recoveries = new AtomicLong();
  private volatile boolean closed;
  private volatile Optional<Instant> climbingSince = Optional.empty();

  Recovery(
      Pkcs11Module module,
      TokenName name,
      Supplier<Pin> pin,
      TokenSettings settings,
      InstantSource clock) {
    this.module = module;
    this.name = name;
    this.pin = pin;
    this.settings = settings;
    this.clock = clock;
    var jitter = new SplittableRandom(clock.millis() ^ name.hashCode());
    this.backoff = new Backoff(settings.firstBackoff(), settings.longestBackoff(), clock, jitter);
    var deadline = Deadline.after(settings.deadline());
    try {
      current = connect(deadline);
    } catch (CkException e) {
      throw refused(e);
    }
  }

  /// The connection to use now, found again if it was lost and the pause is over.
  ///
  /// @throws TokenUnavailable if it is lost and was not found
  /// @throws TokenAuthFailed if the PIN was refused, now or before
  Connection connection(Deadline deadline) {
    var known = current;
    // JCA may log in by itself where a library keeps a login per connection, so the latch holds for
    // a good connection too.
    return known != null && known.current() && !closed && latched == null
        ? known
        : climb(deadline, this::reconnect);
  }

  private Connection reconnect(Deadline deadline) {
    var known = current;
    if (known != null && known.current()) {
      return known;
    }
    // Another token of the module restarted it: all is well but for our handles.
    return found(deadline, module.epoch(), known == null);
  }

  /// Climbs the rung for a loss that was met with this connection, unless somebody else has.
  ///
  /// @param incarnation the connection's before the call that failed
  void climb(
      Connection met, long incarnation, FaultClass loss, CkException fault, Deadline deadline) {
    climb(
        deadline,
        patience -> {
          if (current == met && met.current() && met.incarnation() == incarnation) {
            LOG.info("token {}: {} ({} lost)", name, fault.summary(), loss);
            switch (loss) {
              case SESSION -> module.shared(patience, () -> droppedDead(met));
              case LOGIN -> lookAgain(met, patience);
              case MODULE -> lostModule(met, fault, patience);
              case CALLER, BUSY, CAPPED, AUTH ->
                  throw new IllegalArgumentException("no rung for " + loss);
            }
          }
          return met;
        });
  }

  private static Connection droppedDead(Connection met) {
    met.pool().dropDead();
    return met;
  }

  private void lookAgain(Connection met, Deadline deadline) {
    try {
      module.shared(
          deadline,
          () -> {
            met.lookAgain();
            return met;
          });
      recoveries.incrementAndGet();
    } catch (CkException e) {
      if (FaultClass.of(e) == FaultClass.AUTH) {
        throw refused(e);
      }
      lostModule(met, e, deadline);
    }
  }

  private void lostModule(Connection met, CkException fault, Deadline deadline) {
    met.retireJca();
    current = null;
    reason = fault.summary();
    found(deadline, met.epoch(), true);
  }

  /// @param seen the epoch that is lost; if another token of the module has restarted it since, that is enough
  private Connection found(Deadline deadline, long seen, boolean restart) {
    if (restart && !backoff.ready()) {
      throw new TokenUnavailable("token " + name + " is lost: " + reason);
    }
    current = null;
    try {
      if (restart) {
        backoff.begin();
        module.restart(seen, deadline);
      }
      var connection = connect(deadline);
      current = connection;
      backoff.helped();
      recoveries.incrementAndGet();
      reason = "";
      LOG.info("token {} found again, epoch {}", name, connection.epoch());
      return connection;
    } catch (CkException e) {
      throw notFound(e.summary(), refused(e));
    } catch (TokenException e) {
      throw notFound(String.valueOf(e.getMessage()), e);
    }
  }

  private TokenException notFound(String why, TokenException thrown) {
    reason = why;
    LOG.warn("token {} not found again: {}", name, why);
    return thrown;
  }

  private Connection connect(Deadline deadline) {
    return module.shared(deadline, () -> Connection.open(module, name, pin, settings, clock));
  }

  private <T> T climb(Deadline deadline, Function<Deadline, T> rung) {
    Guard.lock(climbing, deadline, "token " + name + " is lost and being looked for");
    try {
      if (closed) {
        throw new IllegalStateException("token " + name + " is closed");
      }
      var refusal = latched;
      if (refusal != null) {
        throw new TokenAuthFailed("the PIN was refused before and is not tried again", refusal);
      }
      climbingSince = Optional.of(clock.instant());
      return rung.apply(deadline);
    } finally {
      climbingSince = Optional.empty();
      climbing.unlock();
    }
  }

  /// What a fault means to a caller; a refused PIN is latched here.
  TokenException refused(CkException fault) {
    return switch (FaultClass.of(fault)) {
      case AUTH -> {
        var refusal =
            new TokenAuthFailed(
                "token %s refused the PIN: %s (%s)"
                    .formatted(
                        name, PinRefusal.said(fault.ckr(), module.info(name)), fault.summary()),
                fault);
        latched = refusal;
        reason = fault.summary();
        LOG.error("token {}: {}; it is not tried again", name, fault.summary());
        yield refusal;
      }
      case CALLER -> new PkcsFault(fault);
      case CAPPED -> new KeyLimitReached(fault);
      case BUSY, SESSION, LOGIN, MODULE ->
          new TokenUnavailable("token " + name + ": " + fault.summary(), fault);
    };
  }

  void close(Deadline deadline) {
    Guard.lock(climbing, deadline, "token " + name + " is being looked for");
    try {
      var known = current;
      if (!closed && known != null && known.current()) {
        module.alone(
            deadline,
            () -> {
              known.close();
              return known;
            });
      }
      closed = true;
      current = null;
    } catch (CkException e) {
      closed = true;
      LOG.info("closing token {}: {}", name, e.summary());
    } finally {
      climbing.unlock();
    }
  }

  Health health() {
    var known = Optional.ofNullable(current).filter(Connection::current);
    var state =
        closed
            ? Health.State.CLOSED
            : latched != null
                ? Health.State.LATCHED
                : known.isPresent() ? Health.State.UP : Health.State.LOST;
    var oldest =
        Stream.concat(climbingSince.stream(), known.flatMap(Connection::oldestCall).stream())
            .min(Comparator.naturalOrder());
    return new Health(
        state,
        reason,
        module.epoch(),
        recoveries.get(),
        known.map(connection -> connection.pool().inUse()).orElse(0),
        oldest.map(began -> Duration.between(began, clock.instant())).orElse(Duration.ZERO));
  }
}
