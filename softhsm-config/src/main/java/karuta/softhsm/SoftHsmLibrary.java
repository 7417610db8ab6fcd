package karuta.softhsm;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Finds `libsofthsm2.so` without root, without a package manager, and without the loader's search path: a library that
/// sees the PIN is opened by its full name or not at all.
public final class SoftHsmLibrary {
  /// Names the library where it lies in no usual place.
  public static final String OVERRIDE = "SOFTHSM2_MODULE";

  private static final List<String> USUAL =
      List.of(
          "/usr/lib/softhsm/libsofthsm2.so", // Debian, Ubuntu
          "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so",
          "/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so",
          "/usr/lib64/pkcs11/libsofthsm2.so", // Fedora, RHEL
          "/usr/lib64/softhsm/libsofthsm2.so",
          "/usr/lib64/libsofthsm2.so",
          "/usr/lib/pkcs11/libsofthsm2.so", // Arch
          "/usr/lib/libsofthsm2.so",
          "/usr/local/lib/softhsm/libsofthsm2.so", // built from source
          "/opt/homebrew/lib/softhsm/libsofthsm2.so", // Homebrew on Apple silicon
          "/home/linuxbrew/.linuxbrew/lib/softhsm/libsofthsm2.so");

  private SoftHsmLibrary() {}

  /// The library's real path.
  ///
  /// @throws SoftHsmMissing when it is in none of the usual places, or not where `SOFTHSM2_MODULE` says
  public static Path find() {
    return find(System.getenv(OVERRIDE), USUAL.stream().map(Path::of).toList());
  }

  static Path find(@Nullable String override, List<Path> usual) {
    var places = override == null || override.isBlank() ? usual : List.of(Path.of(override));
    return places.stream()
        .filter(Files::isRegularFile)
        .findFirst()
        .map(Path::toAbsolutePath)
        .orElseThrow(() -> new SoftHsmMissing(advice(places)));
  }

  private static String advice(List<Path> places) {
    var looked =
        Stream.concat(
            Stream.of("SoftHSM is not installed; looked for"), places.stream().map(p -> "  " + p));
    var then =
        Stream.of(
            "install it with one of",
            "  apt-get install softhsm2    (Debian, Ubuntu)",
            "  dnf install softhsm         (Fedora, RHEL)",
            "  brew install softhsm        (macOS, Linuxbrew)",
            "or name the library in the environment variable " + OVERRIDE);
    return String.join(System.lineSeparator(), Stream.concat(looked, then).toList());
  }
}
