package karuta.token.testing;

import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import karuta.token.key.P256;

/// Points of P-256 that belong to nobody.
public final class Points {
  private Points() {}

  /// Another one each time: uncompressed, 65 bytes.
  public static byte[] any() {
    try {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return P256.point((ECPublicKey) generator.generateKeyPair().getPublic());
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}
