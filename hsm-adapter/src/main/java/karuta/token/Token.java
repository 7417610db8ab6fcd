package karuta.token;

import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import karuta.cryptoki.CkException;
import karuta.cryptoki.TokenInfo;
import karuta.token.jca.JcaFault;
import karuta.token.jca.JcaWork;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One token, found by label and serial, logged in once, and found again after every loss.
///
/// Each call ends by the deadline of the settings unless a native call hangs. A call that only reads, verifies or signs
/// is repeated after a recovery; one that makes or destroys something never is. Callers bring platform threads: a
/// native call pins a virtual one.
public final class Token implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Token.class);

  private final Pkcs11Module module;
  private final TokenName name;
  private final TokenSettings settings;
  private final InstantSource clock;
  private final Recovery recovery;
  private final KeyLimits limits = new KeyLimits();

  private Token(
      Pkcs11Module module,
      TokenName name,
      TokenSettings settings,
      InstantSource clock,
      Recovery recovery) {
    this.module = module;
    this.name = name;
    this.settings = settings;
    this.clock = clock;
    this.recovery = recovery;
  }

  /// Finds the token and logs in.
  ///
  /// @param pin called at every login; the PIN is closed after it
  /// @throws TokenUnavailable if no such token is there
  /// @throws TokenAuthFailed if the PIN is refused
  public static Token open(
      Pkcs11Module module,
      TokenName name,
      Supplier<Pin> pin,
      TokenSettings settings,
      InstantSource clock) {
    return new Token(
        module, name, settings, clock, new Recovery(module, name, pin, settings, clock));
  }

  public TokenName name() {
    return name;
  }

  /// The clock that deadlines of recovery and dates of certificates are taken from.
  public InstantSource clock() {
    return clock;
  }

  /// What the token says of itself (C_GetTokenInfo): maker, model, firmware.
  public TokenInfo info() {
    return reading(SessionLease::info);
  }

  /// Never calls the token, so it answers at once even while a call is stuck.
  public Health health() {
    return recovery.health();
  }

  /// What is known of the token's own limits on the uses of its keys.
  public KeyLimits limits() {
    return limits;
  }

  /// To be called from a timer, about every 30 seconds: keeps an idle connection alive and finds a lost token again.
  ///
  /// @throws TokenException if it is not found
  public void keepAlive() {
    repeat(
        (connection, deadline) -> {
          connection.probe();
          return connection;
        });
  }

  /// Ends the sessions. Calls after it are refused.
  @Override
  public void close() {
    recovery.close(deadline());
  }

  /// Random bytes of the token.
  public byte[] random(int bytes) {
    return withJca(
        view -> {
          var random = new byte[bytes];
          view.random().nextBytes(random);
          return random;
        });
  }

  /// Runs in a read-only session; repeated after a recovery, so it must not change anything. Nor may it keep the lease,
  /// or ask the token for another.
  public <T> T reading(Function<SessionLease, T> use) {
    return repeat((connection, deadline) -> connection.pool().lend(deadline, use));
  }

  /// Runs in a read-write session while no other call does; never repeated. It must not keep the lease, nor ask the
  /// token for another.
  ///
  /// @throws TokenUnavailable if the token was lost meanwhile: whether something was made is unknown
  public <T> T alone(Function<SessionLease, T> use) {
    keepAlive();
    return once(connection -> connection.pool().readWrite(use));
  }

  /// Opens a read-write session that lives on between calls, for objects that must.
  public HeldSession hold() {
    keepAlive();
    return once(
        connection ->
            new HeldSession(
                this, connection, connection.cryptoki().openSession(connection.slot(), true)));
  }

  <T> T alone(HeldSession held, Function<SessionLease, T> use) {
    return once(
        connection -> {
          held.requireSame(connection);
          return connection.pool().held(held.session(), use);
        });
  }

  void release(HeldSession held) {
    try {
      if (health().state() == Health.State.UP) {
        once(
            connection -> {
              if (held.same(connection)) {
                connection.pool().closeQuietly(held.session());
              }
              return held;
            });
      }
    } catch (TokenException e) {
      LOG.info("ending a session of token {}: {}", name, e.getMessage());
    }
  }

  /// Runs with JCA's view of the token; repeated after a recovery.
  public <T> T withJca(JcaWork<T, GeneralSecurityException> use) {
    return repeat((connection, deadline) -> throughJca(connection, deadline, use));
  }

  /// Lends JCA's view to work that may have effects of its own, so that it is not repeated.
  public <T, E extends Exception> T lendJca(JcaWork<T, E> work) throws E {
    var deadline = deadline();
    while (true) {
      var connection = recovery.connection(deadline);
      var incarnation = connection.incarnation();
      try {
        var result =
            module.shared(
                deadline, () -> ifCurrent(connection, () -> lend(connection, deadline, work)));
        if (result.isPresent()) {
          return result.get();
        }
      } catch (Exception e) {
        var fault = JcaFault.find(e);
        if (fault.isEmpty()) {
          throw e;
        }
        connection.retireJca();
        throw failed(connection, incarnation, fault.get(), deadline);
      }
    }
  }

  private static <T, E extends Exception> T lend(
      Connection connection, Deadline deadline, JcaWork<T, E> work) throws E {
    return connection.pool().timed(() -> work.with(connection.jca(deadline)));
  }

  private static <T> T throughJca(
      Connection connection, Deadline deadline, JcaWork<T, GeneralSecurityException> use) {
    try {
      return connection.pool().timed(() -> use.with(connection.jca(deadline)));
    } catch (GeneralSecurityException | RuntimeException e) {
      if (JcaFault.find(e).isPresent()) {
        connection.retireJca();
      }
      throw JcaFault.of(e);
    }
  }

  /// The ladder: each loss is answered by its rung, a loss that comes again by the rung above, and the top one ends it.
  private <T> T repeat(BiFunction<Connection, Deadline, T> attempt) {
    var deadline = deadline();
    var worst = FaultClass.CALLER;
    while (true) {
      var connection = recovery.connection(deadline);
      var incarnation = connection.incarnation();
      try {
        var result =
            module.shared(
                deadline, () -> ifCurrent(connection, () -> attempt.apply(connection, deadline)));
        if (result.isPresent()) {
          return result.get();
        }
      } catch (CkException e) {
        var loss = FaultClass.of(e);
        if (!loss.recoverable() || worst == FaultClass.MODULE) {
          throw recovery.refused(e);
        }
        worst = loss.compareTo(worst) > 0 ? loss : above(worst);
        recovery.climb(connection, incarnation, worst, e, deadline);
      }
    }
  }

  private static FaultClass above(FaultClass loss) {
    return loss == FaultClass.SESSION ? FaultClass.LOGIN : FaultClass.MODULE;
  }

  private <T> T once(Function<Connection, T> deed) {
    var deadline = deadline();
    while (true) {
      var connection = recovery.connection(deadline);
      var incarnation = connection.incarnation();
      try {
        var result =
            module.alone(deadline, () -> ifCurrent(connection, () -> deed.apply(connection)));
        if (result.isPresent()) {
          return result.get();
        }
      } catch (CkException e) {
        throw failed(connection, incarnation, e, deadline);
      }
    }
  }

  /// Climbs for the calls to come, and says what became of this one.
  private TokenException failed(
      Connection connection, long incarnation, CkException fault, Deadline deadline) {
    var loss = FaultClass.of(fault);
    var answer = recovery.refused(fault);
    if (loss.recoverable()) {
      try {
        recovery.climb(connection, incarnation, loss, fault, deadline);
      } catch (TokenException e) {
        answer.addSuppressed(e);
      }
    }
    return answer;
  }

  /// Empty if the module was restarted before the guard was had: nothing was done, so the connection is asked for anew.
  private static <T, E extends Exception> Optional<T> ifCurrent(
      Connection connection, Work<T, E> work) throws E {
    return connection.current() ? Optional.of(work.run()) : Optional.empty();
  }

  private Deadline deadline() {
    return Deadline.after(settings.deadline());
  }
}
