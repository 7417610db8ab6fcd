package karuta.token.jca;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.Security;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/// SunPKCS11 on the library the binding uses, a new instance for each connection, for what JCA says well: ECDSA
/// signatures, certificates, randomness.
///
/// Three things about the JDK's provider shape this class (JDK 25):
///
/// * It caches its wrapper by the library's path *as spelled* and initialises it once. That is enough for a library
///   with one state per process, and fatal for p11-kit's client, which gives each caller of `C_GetFunctionList` a
///   connection of its own: that one could never be opened again. So each instance spells the path in a new way.
/// * Sessions its garbage is collected from are closed by a thread of its own, outside our guard, by a number that may
///   by then name another's session. So the cleaner's interval is set to the longest there is, and retired instances
///   are kept reachable; a recovery costs a few kilobytes.
/// * It would choose `CKM_ECDSA_SHA256` where a token has it, which a key with exactly one allowed mechanism refuses.
///   So `CKM_ECDSA` is the only signature it sees, and the digest is made in Java.
final class SunPkcs11Access implements JcaAccess {
  private static final AtomicInteger INSTANCES = new AtomicInteger();
  private static final Queue<Provider> RETIRED = new ConcurrentLinkedQueue<>();

  private final Path library;
  private final Optional<String> initArgs;

  SunPkcs11Access(Path library, Optional<String> initArgs) {
    this.library = library;
    this.initArgs = initArgs;
  }

  @Override
  public JcaView open(long slot, Supplier<char[]> pin) {
    var instance = INSTANCES.incrementAndGet();
    var provider =
        Security.getProvider("SunPKCS11").configure("--" + configuration(instance, slot));
    try {
      JcaLogin.login(provider, pin);
      var keys = KeyStore.getInstance("PKCS11", provider);
      keys.load(null, null);
      return new View(provider, keys);
    } catch (GeneralSecurityException | IOException e) {
      RETIRED.add(provider);
      throw JcaFault.of(e);
    } catch (RuntimeException e) {
      RETIRED.add(provider);
      throw e;
    }
  }

  private String configuration(int instance, long slot) {
    var text =
        """
        name = karuta-%d
        library = "%s"
        slot = %d
        enabledMechanisms = { CKM_ECDSA CKM_EC_KEY_PAIR_GEN SecureRandom KeyStore }
        cleaner.shortInterval = 2147483647
        cleaner.longInterval = 2147483647
        """
            .formatted(instance, spelled(library, instance), slot);
    return text + initArgs.map(args -> "nssArgs = \"" + args + "\"\n").orElse("");
  }

  /// The same file under a name not used before: one `/.` or `/` more for each bit of the number.
  static String spelled(Path library, int number) {
    var path = new StringBuilder(library.getParent() == null ? "" : library.getParent().toString());
    for (var bits = number; bits != 0; bits >>>= 1) {
      path.append((bits & 1) == 1 ? "/." : "/");
    }
    return path.append('/').append(library.getFileName()).toString();
  }

  private static final class View implements JcaView {
    private final Provider provider;
    private final KeyStore keys;
    private final Map<String, PrivateKey> known = new ConcurrentHashMap<>();

    View(Provider provider, KeyStore keys) {
      this.provider = provider;
      this.keys = keys;
    }

    @Override
    public Provider provider() {
      return provider;
    }

    @Override
    public Optional<PrivateKey> privateKey(String label) throws GeneralSecurityException {
      var key = known.get(label);
      if (key == null && present(label) && keys.getKey(label, null) instanceof PrivateKey found) {
        known.put(label, found);
        key = found;
      }
      return Optional.ofNullable(key);
    }

    /// The key store's list of names is a snapshot: what was made since needs another.
    private boolean present(String label) throws GeneralSecurityException {
      if (!keys.containsAlias(label)) {
        try {
          keys.load(null, null);
        } catch (IOException e) {
          throw new GeneralSecurityException(e);
        }
      }
      return keys.containsAlias(label);
    }

    @Override
    public SecureRandom random() throws GeneralSecurityException {
      return SecureRandom.getInstance("PKCS11", provider);
    }

    @Override
    public void retire() {
      RETIRED.add(provider);
    }
  }
}
