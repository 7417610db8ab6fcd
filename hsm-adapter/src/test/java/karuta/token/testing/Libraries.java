package karuta.token.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/// Finds native libraries where Debian, Fedora and Homebrew put them. A missing one fails the test and says what to
/// install; nothing is skipped.
public final class Libraries {
  private static final String[] DIRECTORIES = {
    "/usr/lib/x86_64-linux-gnu",
    "/usr/lib/aarch64-linux-gnu",
    "/usr/lib64",
    "/usr/lib",
    "/usr/local/lib",
    "/opt/homebrew/lib"
  };

  private Libraries() {}

  /// SoftHSM.
  public static Path softHsm() {
    return find(
        "softhsm2 (Debian), softhsm (Fedora, Homebrew)",
        "softhsm/libsofthsm2.so",
        "pkcs11/libsofthsm2.so",
        "libsofthsm2.so");
  }

  /// The client of `p11-kit server`.
  public static Path p11KitClient() {
    return find(
        "p11-kit and p11-kit-modules (Debian), p11-kit-server (Fedora)",
        "pkcs11/p11-kit-client.so");
  }

  /// NSS softokn.
  public static Path softokn() {
    return find(
        "libnss3 (Debian), nss-softokn (Fedora), nss (Homebrew)",
        "libsoftokn3.so",
        "libsoftokn3.dylib");
  }

  private static Path find(String packages, String... names) {
    return Stream.of(DIRECTORIES)
        .flatMap(directory -> Stream.of(names).map(name -> Path.of(directory, name)))
        .filter(Files::exists)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "no " + names[0] + " on this machine: install " + packages));
  }
}
