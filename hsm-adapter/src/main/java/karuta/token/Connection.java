package karuta.token;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import karuta.cryptoki.CkException;
import karuta.cryptoki.CkFunction;
import karuta.cryptoki.Ckr;
import karuta.cryptoki.Cryptoki;
import karuta.cryptoki.TokenInfo;
import karuta.cryptoki.UserType;
import karuta.token.jca.JcaView;
import org.jspecify.annotations.Nullable;

/// A token in one epoch of its module: slot, anchor session, login, pooled sessions, resolved handles. All of it dies
/// together, so that no number can outlive the epoch it belongs to.
///
/// The *anchor* is a session that is never lent: closing a token's last session logs everybody out.
final class Connection {
  private final Pkcs11Module module;
  private final Supplier<Pin> pin;
  private final long epoch;
  private final long slot;
  private final TokenInfo info;
  private final SessionPool pool;
  private final Map<KeyRef, Long> handles = new ConcurrentHashMap<>();
  private final ReentrantLock openingJca = new ReentrantLock();
  private final AtomicReference<@Nullable JcaView> jca = new AtomicReference<>();
  private @Nullable CkException jcaRefused;
  private volatile long anchor;
  private volatile long incarnation;

  private Connection(
      Pkcs11Module module,
      Pkcs11Module.Slot slot,
      Supplier<Pin> pin,
      TokenSettings settings,
      InstantSource clock) {
    this.module = module;
    this.pin = pin;
    this.incarnation = module.nextIncarnation();
    this.epoch = module.epoch();
    this.slot = slot.number();
    this.info = slot.info();
    this.pool = new SessionPool(this, settings.sessions(), clock);
    this.anchor = cryptoki().openSession(this.slot, false);
    try {
      login();
    } catch (RuntimeException e) {
      pool.closeQuietly(anchor);
      throw e;
    }
  }

  /// Finds the token by its name and logs in. Under the guard.
  ///
  /// @throws TokenUnavailable if it is not there
  /// @throws CkException if it is there and something fails
  static Connection open(
      Pkcs11Module module,
      TokenName name,
      Supplier<Pin> pin,
      TokenSettings settings,
      InstantSource clock) {
    var slots =
        module.slots().stream()
            .filter(slot -> slot.info().label().equals(name.label()))
            .filter(slot -> slot.info().serial().equals(name.serial()))
            .toList();
    if (slots.size() != 1) {
      throw new TokenUnavailable(
          slots.isEmpty() ? "no token " + name + " is present" : "several tokens say " + name);
    }
    return new Connection(module, slots.getFirst(), pin, settings, clock);
  }

  /// `CKR_USER_ALREADY_LOGGED_IN` is success: login belongs to the process (PKCS#11 v2.40, section 2.6.8).
  private void login() {
    if (!info.loginRequired() || cryptoki().getSessionInfo(anchor).userLoggedIn()) {
      return;
    }
    try (var secret = pin.get()) {
      cryptoki().login(anchor, UserType.USER, secret.utf8());
    } catch (CkException e) {
      if (e.ckr() != Ckr.CKR_USER_ALREADY_LOGGED_IN) {
        throw e;
      }
    }
  }

  /// The rung above a lost session: is the anchor there, are we logged in, does the token answer? Whatever was resolved
  /// is forgotten. Under the guard.
  void lookAgain() {
    try {
      cryptoki().getSessionInfo(anchor);
    } catch (CkException e) {
      if (FaultClass.of(e) != FaultClass.SESSION) {
        throw e;
      }
      anchor = cryptoki().openSession(slot, false);
    }
    login();
    cryptoki().getTokenInfo(slot);
    handles.clear();
    pool.dropDead();
    retireJca();
    incarnation = module.nextIncarnation();
  }

  /// Does the token answer? Keeps an idle line open. Under the guard.
  void probe() {
    cryptoki().getTokenInfo(slot);
    if (info.loginRequired() && !cryptoki().getSessionInfo(anchor).userLoggedIn()) {
      throw new CkException(CkFunction.C_GetSessionInfo, Ckr.CKR_USER_NOT_LOGGED_IN);
    }
  }

  /// JCA's way to the same token, opened when it is first needed. Under the guard.
  JcaView jca(Deadline deadline) {
    var view = jca.get();
    return view != null ? view : openJca(deadline);
  }

  /// A thread that has waited here while the PIN was refused to another does not try it too.
  private JcaView openJca(Deadline deadline) {
    Guard.lock(openingJca, deadline, "JCA's way to the token was not opened in time");
    try {
      var refused = jcaRefused;
      if (refused != null) {
        throw refused;
      }
      var view = jca.get();
      if (view == null) {
        view = module.jca().open(slot, this::pinCharacters);
        jca.set(view);
      }
      return view;
    } catch (CkException e) {
      if (FaultClass.of(e) == FaultClass.AUTH) {
        jcaRefused = e;
      }
      throw e;
    } finally {
      openingJca.unlock();
    }
  }

  private char[] pinCharacters() {
    try (var secret = pin.get()) {
      return secret.chars();
    }
  }

  /// Its dead sessions would circulate for ever, so any loss throws the whole instance away.
  void retireJca() {
    Optional.ofNullable(jca.getAndSet(null)).ifPresent(JcaView::retire);
  }

  /// Closes what is open, the anchor last. Alone.
  void close() {
    pool.closeIdle();
    pool.closeQuietly(anchor);
    retireJca();
  }

  /// Whether handles of this connection still name what they named. Under the guard.
  boolean current() {
    return module.epoch() == epoch;
  }

  Cryptoki cryptoki() {
    return module.cryptoki();
  }

  long epoch() {
    return epoch;
  }

  long slot() {
    return slot;
  }

  TokenInfo info() {
    return info;
  }

  SessionPool pool() {
    return pool;
  }

  Map<KeyRef, Long> handles() {
    return handles;
  }

  long incarnation() {
    return incarnation;
  }

  Optional<Instant> oldestCall() {
    return pool.oldestCall();
  }
}
