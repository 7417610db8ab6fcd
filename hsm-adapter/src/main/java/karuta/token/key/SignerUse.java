package karuta.token.key;

import java.security.PrivateKey;
import java.security.Provider;

/// Work done with a signing key through JCA, such as Bouncy Castle's `JcaContentSignerBuilder`.
///
/// Neither the key nor the provider may leave the call: they die with the epoch, and the guard that keeps a restart
/// away is held for this call only. It must not call the token itself.
@FunctionalInterface
public interface SignerUse<T, E extends Exception> {
  /// Does the work.
  ///
  /// @param key a handle of the token; its bytes never leave it
  /// @param provider the one to name to JCA or Bouncy Castle
  T use(PrivateKey key, Provider provider) throws E;
}
