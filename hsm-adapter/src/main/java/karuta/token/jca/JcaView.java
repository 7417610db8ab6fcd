package karuta.token.jca;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.SecureRandom;
import java.util.Optional;

/// A token as JCA sees it, for as long as its epoch lasts. Every use happens under the module's guard.
public interface JcaView {
  Provider provider();

  /// The private key that has a certificate of this label.
  Optional<PrivateKey> privateKey(String label) throws GeneralSecurityException;

  /// The token's random generator.
  SecureRandom random() throws GeneralSecurityException;

  /// Never to be used again.
  void retire();
}
