package karuta.token;

import java.util.function.Supplier;

/// Opens JCA's own way to the same token: SunPKCS11 in production, plain keys behind a fake token.
@FunctionalInterface
public interface JcaDoor {
  /// Called under the module's guard, once per connection.
  ///
  /// @param slot the token's slot in this epoch
  /// @param pin for a library that keeps a login per connection
  JcaView open(long slot, Supplier<Pin> pin);

  /// SunPKCS11 on a library the binding has initialised.
  static JcaDoor sunPkcs11(ModuleLocation location) {
    return new SunPkcs11Door(location);
  }
}
