package karuta.token.testing;

import java.security.PrivateKey;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.Security;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import karuta.cryptoki.CkException;
import karuta.cryptoki.CkFunction;
import karuta.cryptoki.Ckr;
import karuta.cryptoki.Cryptoki;
import karuta.token.ModuleLocation.Concurrency;
import karuta.token.Pkcs11Module;
import karuta.token.jca.JcaView;

/// The fake token, with its faults, and a fake of JCA's way to it.
public final class FakeBench implements Bench {
  private final FakeCryptoki fake = new FakeCryptoki();
  private final Faults faults = new Faults();
  private final Cryptoki faulty = FaultyCryptoki.over(fake, faults);
  private final AtomicBoolean refusing = new AtomicBoolean();
  private final AtomicInteger refused = new AtomicInteger();
  private volatile Runnable duringLogin = () -> {};
  private final Pkcs11Module module = Pkcs11Module.over(faulty, this::open, Concurrency.MANY_CALLS);

  /// The token itself, for its quirks.
  public FakeCryptoki fake() {
    return fake;
  }

  /// From now on JCA's own login is refused, as through p11-kit after the PIN was changed: that client logs in for each
  /// caller.
  public void refuseJcaLogins() {
    refusing.set(true);
  }

  /// Run in the middle of JCA's next logins.
  public void duringJcaLogins(Runnable work) {
    duringLogin = work;
  }

  /// How often JCA's login was refused.
  public int refusedJcaLogins() {
    return refused.get();
  }

  private JcaView open(long slot, Supplier<char[]> pin) {
    duringLogin.run();
    if (refusing.get()) {
      refused.incrementAndGet();
      throw new CkException(CkFunction.C_Login, Ckr.CKR_PIN_INCORRECT);
    }
    return new View(slot);
  }

  /// Asks the token itself each time, so that a lost one is lost here too.
  private final class View implements JcaView {
    private final long slot;

    View(long slot) {
      this.slot = slot;
    }

    @Override
    public Provider provider() {
      return Objects.requireNonNull(Security.getProvider("SunEC"));
    }

    @Override
    public Optional<PrivateKey> privateKey(String label) {
      faulty.getTokenInfo(slot);
      fake.requireUses(CkFunction.C_Sign, label);
      return fake.privateKey(slot, label);
    }

    @Override
    public SecureRandom random() {
      faulty.getTokenInfo(slot);
      return new SecureRandom();
    }

    @Override
    public void retire() {}
  }

  @Override
  public Pkcs11Module module() {
    return module;
  }

  @Override
  public Faults faults() {
    return faults;
  }

  /// @throws AssertionError if something was done that a real library does not survive
  @Override
  public void close() {
    faults.mend();
    module.close();
    if (!fake.misuse().isEmpty()) {
      throw new AssertionError("this would have killed the JVM: " + fake.misuse());
    }
  }
}
