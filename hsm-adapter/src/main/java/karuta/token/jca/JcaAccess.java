package karuta.token.jca;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/// Opens JCA's own way to the same token: SunPKCS11 in production, plain keys behind a fake token.
@FunctionalInterface
public interface JcaAccess {
  /// Called under the module's guard, once per connection.
  ///
  /// @param slot the token's slot in this epoch
  /// @param pin for a library that keeps a login per connection; whoever calls it wipes the characters
  JcaView open(long slot, Supplier<char[]> pin);

  /// SunPKCS11 on a library the binding has initialised.
  ///
  /// @param initArgs what `C_Initialize` was handed as `pReserved`
  static JcaAccess sunPkcs11(Path library, Optional<String> initArgs) {
    return new SunPkcs11Access(library, initArgs);
  }
}
