package karuta.token;

import java.nio.file.Path;
import java.util.Optional;

/// Where a PKCS#11 module lies, and how it wants to be called.
///
/// @param library absolute path; search paths are refused, because whoever can plant a library there would own the keys
/// @param initArgs text handed to `C_Initialize` as `pReserved`, for modules that want it (NSS: `configdir=...`)
/// @param concurrency whether calls may run beside each other
public record ModuleLocation(Path library, Optional<String> initArgs, Concurrency concurrency) {
  public ModuleLocation {
    if (!library.isAbsolute()) {
      throw new IllegalArgumentException("a module is named by its absolute path, not " + library);
    }
  }

  /// Whether calls may run beside each other.
  public enum Concurrency {
    /// As the standard promises after `CKF_OS_LOCKING_OK`.
    MANY_CALLS,
    /// One after the other. p11-kit's client puts all calls on one socket, so nothing is lost by it; and when that
    /// socket breaks while several wait, version 0.24 leaves them waiting for ever.
    ONE_CALL
  }

  /// A module with the concurrency its name is known to bear.
  public ModuleLocation(Path library, Optional<String> initArgs) {
    this(library, initArgs, known(library));
  }

  /// A module that needs no text of its own.
  public static ModuleLocation of(Path library) {
    return new ModuleLocation(library, Optional.empty());
  }

  private static Concurrency known(Path library) {
    return String.valueOf(library.getFileName()).startsWith("p11-kit-client")
        ? Concurrency.ONE_CALL
        : Concurrency.MANY_CALLS;
  }
}
