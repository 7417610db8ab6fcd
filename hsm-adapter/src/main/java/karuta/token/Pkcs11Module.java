package karuta.token;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import karuta.cryptoki.CkException;
import karuta.cryptoki.CkFunction;
import karuta.cryptoki.Ckr;
import karuta.cryptoki.Cryptoki;
import karuta.cryptoki.FfmCryptoki;
import karuta.cryptoki.ModuleInfo;
import karuta.cryptoki.TokenInfo;
import karuta.token.ModuleLocation.Concurrency;
import karuta.token.jca.JcaAccess;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A PKCS#11 library, initialised once in this JVM, restarted when only that helps.
///
/// Its *epoch* counts the times handles may have died. A handle without its epoch is not an identity: after
/// `C_Initialize` the same number named another key (tried on SoftHSM).
public final class Pkcs11Module implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Pkcs11Module.class);

  /// Initialisation is a property of the process, not of an object, so this is the one static state here.
  private static final Set<Path> OPEN = ConcurrentHashMap.newKeySet();

  private enum State {
    UP,
    DOWN,
    CLOSED
  }

  private final Cryptoki cryptoki;
  private final JcaAccess jca;
  private final Runnable released;
  private final Guard guard;
  private final AtomicLong epoch = new AtomicLong(1);
  private volatile State state = State.UP;
  private final AtomicLong incarnations = new AtomicLong();

  private Pkcs11Module(
      Cryptoki cryptoki, JcaAccess jca, Concurrency concurrency, Runnable released) {
    this.guard = new Guard(concurrency);
    this.cryptoki = cryptoki;
    this.jca = jca;
    this.released = released;
    try {
      cryptoki.initialize();
    } catch (CkException e) {
      throw new PkcsFault(e);
    }
  }

  /// Loads and initialises a module, with OS locking. Whoever initialises first decides about locking, so this comes
  /// before any other use of the library in the process.
  ///
  /// @throws IllegalArgumentException if there is no PKCS#11 library at that path
  /// @throws IllegalStateException if it is open already; a library has one initialisation per process
  /// @throws PkcsFault if it does not initialise
  public static Pkcs11Module open(ModuleLocation location) {
    var library = realPath(location.library());
    if (!OPEN.add(library)) {
      throw new IllegalStateException("the module " + library + " is open already");
    }
    try {
      return new Pkcs11Module(
          FfmCryptoki.load(library, location.initArgs()),
          JcaAccess.sunPkcs11(library, location.initArgs()),
          location.concurrency(),
          () -> OPEN.remove(library));
    } catch (RuntimeException e) {
      OPEN.remove(library);
      throw e;
    }
  }

  /// A module over any [Cryptoki], such as a fake token.
  public static Pkcs11Module over(Cryptoki cryptoki, JcaAccess jca, Concurrency concurrency) {
    return new Pkcs11Module(cryptoki, jca, concurrency, () -> {});
  }

  private static Path realPath(Path library) {
    try {
      return library.toRealPath();
    } catch (IOException e) {
      throw new IllegalArgumentException("there is no PKCS#11 module at " + library, e);
    }
  }

  /// What the library says of itself.
  public ModuleInfo info() {
    return looking(cryptoki::getInfo);
  }

  /// The initialised tokens present.
  public List<TokenName> tokens() {
    return looking(
        () ->
            slots().stream()
                .filter(slot -> slot.info().initialised())
                .filter(slot -> !slot.info().label().isBlank() && !slot.info().serial().isBlank())
                .map(slot -> new TokenName(slot.info().label(), slot.info().serial()))
                .toList());
  }

  /// What a token says of itself; empty if it is not there or does not answer.
  Optional<TokenInfo> info(TokenName name) {
    try {
      return looking(
          () ->
              slots().stream()
                  .map(Slot::info)
                  .filter(info -> info.label().equals(name.label()))
                  .filter(info -> info.serial().equals(name.serial()))
                  .findFirst());
    } catch (TokenException e) {
      return Optional.empty();
    }
  }

  private <T> T looking(Work<T, RuntimeException> look) {
    try {
      return shared(Deadline.after(TokenSettings.defaults().deadline()), look);
    } catch (CkException e) {
      throw FaultClass.of(e) == FaultClass.CALLER
          ? new PkcsFault(e)
          : new TokenUnavailable("the module does not answer: " + e.summary(), e);
    }
  }

  /// Counts the times handles may have died.
  public long epoch() {
    return epoch.get();
  }

  /// A number for each time a token of this module was found or looked at anew.
  long nextIncarnation() {
    return incarnations.incrementAndGet();
  }

  Cryptoki cryptoki() {
    return cryptoki;
  }

  JcaAccess jca() {
    return jca;
  }

  record Slot(long number, TokenInfo info) {}

  /// Every slot that has a token and says so; a broken one does not hide the others. Under the guard.
  List<Slot> slots() {
    var slots = new ArrayList<Slot>();
    for (var number : cryptoki.getSlotList(true)) {
      try {
        slots.add(new Slot(number, cryptoki.getTokenInfo(number)));
      } catch (CkException e) {
        LOG.warn("slot {} does not say what token it has: {}", number, e.summary());
      }
    }
    return slots;
  }

  /// Runs beside other calls, never beside a restart.
  <T, E extends Exception> T shared(Deadline deadline, Work<T, E> work) throws E {
    return guard.shared(deadline, () -> whileUp(work));
  }

  /// Runs while no other call does: for making and destroying objects, and for closing what others might use.
  <T, E extends Exception> T alone(Deadline deadline, Work<T, E> work) throws E {
    return guard.alone(deadline, () -> whileUp(work));
  }

  private <T, E extends Exception> T whileUp(Work<T, E> work) throws E {
    return switch (state) {
      case UP -> work.run();
      case DOWN -> throw new CkException(CkFunction.C_Initialize, Ckr.CKR_CRYPTOKI_NOT_INITIALIZED);
      case CLOSED -> throw new IllegalStateException("the module is closed");
    };
  }

  /// `C_Finalize` and `C_Initialize`, unless somebody else did it since `seen` was the epoch.
  ///
  /// @throws CkException if it does not initialise; the module stays down
  void restart(long seen, Deadline deadline) {
    guard.alone(
        deadline,
        () -> {
          if (epoch.get() == seen && state != State.CLOSED) {
            restart();
          }
          return state;
        });
  }

  private void restart() {
    epoch.incrementAndGet();
    state = State.DOWN;
    try {
      cryptoki.shutDown();
    } catch (CkException e) {
      // A dead connection may be unable to say goodbye; whether the module is usable shows next.
      LOG.info("finalising a lost module: {}", e.summary());
    }
    cryptoki.initialize();
    state = State.UP;
    LOG.info("module restarted, epoch {}", epoch);
  }

  /// Finalises the module, after its tokens were closed. Libraries crash at exit when this is left out.
  ///
  /// @throws TokenUnavailable if a call does not end in time; the module then stays open
  @Override
  public void close() {
    guard.alone(
        Deadline.after(TokenSettings.defaults().deadline()),
        () -> {
          if (state == State.UP) {
            finish();
          }
          if (state != State.CLOSED) {
            state = State.CLOSED;
            released.run();
          }
          return state;
        });
  }

  private void finish() {
    try {
      cryptoki.shutDown();
    } catch (CkException e) {
      LOG.warn("finalising the module: {}", e.summary());
    }
  }
}
