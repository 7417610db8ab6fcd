package karuta.token.key;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.util.Arrays;

/// Points of NIST P-256 as they cross between tokens: uncompressed, 65 bytes (SEC 1, section 2.3.3).
///
/// A point is checked in Java before any token sees it, because a token that derives with a point off the curve gives
/// its private key away bit by bit.
public final class P256 {
  /// Length of an uncompressed point.
  public static final int POINT_BYTES = 65;

  private static final int FIELD_BYTES = 32;
  private static final byte UNCOMPRESSED = 4;

  /// The OID 1.2.840.10045.3.1.7 in DER, as `CKA_EC_PARAMS` wants it.
  private static final byte[] OID = {
    0x06, 0x08, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 3, 1, 7
  };

  private static final ECParameterSpec CURVE = curve();

  private P256() {}

  private static ECParameterSpec curve() {
    try {
      var parameters = AlgorithmParameters.getInstance("EC");
      parameters.init(new ECGenParameterSpec("secp256r1"));
      return parameters.getParameterSpec(ECParameterSpec.class);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK has no P-256", e);
    }
  }

  static byte[] parameters() {
    return OID.clone();
  }

  /// Checks a point and makes a public key of it (SEC 1, section 3.2.2.1; the cofactor is 1, and infinity has no
  /// encoding of 65 bytes).
  ///
  /// @throws IllegalArgumentException if it is not an uncompressed point on the curve
  public static ECPublicKey publicKey(byte[] point) {
    if (point.length != POINT_BYTES || point[0] != UNCOMPRESSED) {
      throw new IllegalArgumentException("a point has 65 bytes, the first of them 4");
    }
    var x = new BigInteger(1, Arrays.copyOfRange(point, 1, 1 + FIELD_BYTES));
    var y = new BigInteger(1, Arrays.copyOfRange(point, 1 + FIELD_BYTES, POINT_BYTES));
    if (!onCurve(x, y)) {
      throw new IllegalArgumentException("the point is not on the curve P-256");
    }
    try {
      var spec = new ECPublicKeySpec(new ECPoint(x, y), CURVE);
      return (ECPublicKey) KeyFactory.getInstance("EC").generatePublic(spec);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK makes no P-256 keys", e);
    }
  }

  private static boolean onCurve(BigInteger x, BigInteger y) {
    var p = ((ECFieldFp) CURVE.getCurve().getField()).getP();
    var right =
        x.pow(3).add(CURVE.getCurve().getA().multiply(x)).add(CURVE.getCurve().getB()).mod(p);
    return x.compareTo(p) < 0 && y.compareTo(p) < 0 && y.pow(2).mod(p).equals(right);
  }

  /// The point of a public key.
  public static byte[] point(ECPublicKey key) {
    var point = new byte[POINT_BYTES];
    point[0] = UNCOMPRESSED;
    put(key.getW().getAffineX(), point, 1);
    put(key.getW().getAffineY(), point, 1 + FIELD_BYTES);
    return point;
  }

  private static void put(BigInteger number, byte[] into, int at) {
    var bytes = number.toByteArray();
    var from = Math.max(0, bytes.length - FIELD_BYTES);
    System.arraycopy(
        bytes, from, into, at + FIELD_BYTES - (bytes.length - from), bytes.length - from);
  }

  /// `CKA_EC_POINT` is an OCTET STRING in DER; some tokens give the bare point (PKCS#11 v2.40 current mechanisms,
  /// section 2.3.3, and its errata).
  static byte[] ofAttribute(byte[] value) {
    return value.length == POINT_BYTES + 2 ? Arrays.copyOfRange(value, 2, value.length) : value;
  }
}
