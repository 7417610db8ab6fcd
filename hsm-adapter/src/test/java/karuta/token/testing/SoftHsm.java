package karuta.token.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import karuta.cryptoki.FfmCryptoki;
import karuta.token.ModuleLocation;
import karuta.token.Pkcs11Module;
import karuta.token.jca.JcaAccess;

/// SoftHSM in this process, with a fresh token store.
public final class SoftHsm implements Bench {
  private final Path store;
  private final Faults faults;
  private final Pkcs11Module module;

  private SoftHsm(Path store, Faults faults, Pkcs11Module module) {
    this.store = store;
    this.faults = faults;
    this.module = module;
  }

  /// Starts with an empty store.
  ///
  /// @throws IllegalStateException if SoftHSM is not installed, saying what to install
  public static SoftHsm start() {
    return on(newStore());
  }

  static SoftHsm on(Path store) {
    NativeEnvironment.set("SOFTHSM2_CONF", configuration(store).toString());
    var location = ModuleLocation.of(library());
    var faults = new Faults();
    var cryptoki = FfmCryptoki.load(location.library(), Optional.empty());
    var module =
        Pkcs11Module.over(
            FaultyCryptoki.over(cryptoki, faults),
            JcaAccess.sunPkcs11(location.library(), location.initArgs()),
            location.concurrency());
    return new SoftHsm(store, faults, module);
  }

  /// Where SoftHSM lies on Debian, Fedora, FreeBSD or macOS.
  public static Path library() {
    return Libraries.softHsm();
  }

  /// An empty token store, in memory where the system has such a place: SoftHSM locks and reads two files at each use
  /// of a token key.
  static Path newStore() {
    try {
      var memory = Path.of("/dev/shm");
      var store =
          Files.isWritable(memory)
              ? Files.createTempDirectory(memory, "karuta")
              : Files.createTempDirectory("karuta");
      Files.createDirectory(store.resolve("tokens"));
      return store;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Path configuration(Path store) {
    try {
      return Files.writeString(
          store.resolve("softhsm2.conf"),
          """
          directories.tokendir = %s
          objectstore.backend = file
          log.level = ERROR
          slots.removable = false
          """
              .formatted(store.resolve("tokens")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void remove(Path store) {
    try (var files = Files.walk(store)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Pkcs11Module module() {
    return module;
  }

  @Override
  public Faults faults() {
    return faults;
  }

  /// The directory with the tokens, to be moved away and back.
  public Path tokens() {
    return store.resolve("tokens");
  }

  /// Ends this process's use of the store and leaves it as it is.
  public void leave() {
    module.close();
  }

  @Override
  public void close() {
    leave();
    remove(store);
  }
}
