package karuta.token.testing;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import javax.crypto.KeyAgreement;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import karuta.agreement.Kdf;
import karuta.token.key.P256;
import org.bouncycastle.crypto.agreement.kdf.ConcatenationKDFGenerator;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.KDF2BytesGenerator;
import org.bouncycastle.crypto.params.KDFParameters;

/// What the fake token computes, with the JDK's own algorithms.
public final class FakeCrypto {
  private FakeCrypto() {}

  public static byte[] hmac(byte[] key, byte[] data) {
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

  static byte[] agree(PrivateKey mine, byte[] point, Kdf kdf) {
    try {
      var agreement = KeyAgreement.getInstance("ECDH");
      agreement.init(mine);
      agreement.doPhase(P256.publicKey(point), true);
      var x = agreement.generateSecret();
      return switch (kdf) {
        case CKD_NULL -> x;
        case CKD_SHA256_KDF -> ansiX963(x);
        case CKD_SHA256_KDF_SP800 -> oneStep(x);
      };
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /// ANSI X9.63 with SHA-256, 32 bytes, as Bouncy Castle has it: its KDF2 is the same function.
  public static byte[] ansiX963(byte[] x) {
    var generator = new KDF2BytesGenerator(new SHA256Digest());
    generator.init(new KDFParameters(x, new byte[0]));
    var key = new byte[32];
    generator.generateBytes(key, 0, key.length);
    return key;
  }

  /// The one-step derivation of NIST SP 800-56C with SHA-256, 32 bytes, as Bouncy Castle has it.
  public static byte[] oneStep(byte[] x) {
    var generator = new ConcatenationKDFGenerator(new SHA256Digest());
    generator.init(new KDFParameters(x, new byte[0]));
    var key = new byte[32];
    generator.generateBytes(key, 0, key.length);
    return key;
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
