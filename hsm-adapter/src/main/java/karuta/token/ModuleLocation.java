package karuta.token;

import java.nio.file.Path;
import java.util.Optional;

/// Where a PKCS#11 module lies.
///
/// @param library absolute path; search paths are refused, because whoever can plant a library there would own the keys
/// @param initArgs text handed to `C_Initialize` as `pReserved`, for modules that want it (NSS: `configdir=...`)
public record ModuleLocation(Path library, Optional<String> initArgs) {
  public ModuleLocation {
    if (!library.isAbsolute()) {
      throw new IllegalArgumentException("a module is named by its absolute path, not " + library);
    }
  }

  /// A module that needs no text of its own.
  public static ModuleLocation of(Path library) {
    return new ModuleLocation(library, Optional.empty());
  }
}
