package karuta.token.testing;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import javax.crypto.KeyAgreement;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import karuta.token.key.Kdf;
import karuta.token.key.P256;

/// What the fake token computes, with the JDK's own algorithms.
final class FakeCrypto {
  private FakeCrypto() {}

  static byte[] hmac(byte[] key, byte[] data) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(data);
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  static KeyPair pair() {
    try {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  static byte[] point(KeyPair pair) {
    return P256.point((ECPublicKey) pair.getPublic());
  }

  static byte[] agree(PrivateKey mine, byte[] point, long kdf) {
    try {
      var agreement = KeyAgreement.getInstance("ECDH");
      agreement.init(mine);
      agreement.doPhase(P256.publicKey(point), true);
      var x = agreement.generateSecret();
      if (kdf == Kdf.NULL.code()) {
        return x;
      }
      var digest = MessageDigest.getInstance("SHA-256");
      digest.update(x);
      return digest.digest(new byte[] {0, 0, 0, 1});
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  static byte[] ecdsa(PrivateKey key, byte[] digest) {
    try {
      var signature = Signature.getInstance("NONEwithECDSAinP1363Format");
      signature.initSign(key);
      signature.update(digest);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}
