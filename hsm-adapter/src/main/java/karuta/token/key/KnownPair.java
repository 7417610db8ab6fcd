package karuta.token.key;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import javax.crypto.KeyAgreement;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import karuta.agreement.Kdf;
import karuta.secret.SecretBytes;

/// A pair made in Java for the other side of a trial, so that what a token should derive is known. Never for an
/// agreement: its private key is in memory.
public final class KnownPair {
  private static final String HMAC = "HmacSHA256";
  private static final byte[] INPUT = {'k', 'd', 'f'};

  private final KeyPair pair;

  private KnownPair(KeyPair pair) {
    this.pair = pair;
  }

  public static KnownPair make() {
    try {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return new KnownPair(generator.generateKeyPair());
    } catch (GeneralSecurityException e) {
      throw lacking(e);
    }
  }

  /// Uncompressed, 65 bytes.
  public byte[] publicPoint() {
    return P256.point((ECPublicKey) pair.getPublic());
  }

  /// What is put under the key; the caller closes it.
  public static SecretBytes input() {
    return SecretBytes.copyOf(INPUT);
  }

  /// HMAC-SHA-256 of [#input], 32 bytes, under the key that this pair and the token's have in common.
  public byte[] mac(byte[] tokenPoint, Kdf kdf) {
    try {
      var agreement = KeyAgreement.getInstance("ECDH");
      agreement.init(pair.getPrivate());
      agreement.doPhase(P256.publicKey(tokenPoint), true);
      var mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(kdf.key(agreement.generateSecret()), HMAC));
      return mac.doFinal(INPUT);
    } catch (InvalidKeyException e) {
      throw new IllegalArgumentException("not a point of P-256", e);
    } catch (GeneralSecurityException e) {
      throw lacking(e);
    }
  }

  private static IllegalStateException lacking(GeneralSecurityException e) {
    return new IllegalStateException("this JDK lacks P-256 or HMAC with SHA-256", e);
  }
}
