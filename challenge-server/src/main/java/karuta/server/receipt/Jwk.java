package karuta.server.receipt;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.interfaces.ECPublicKey;
import java.util.Arrays;
import java.util.Base64;
import karuta.digest.Sha256;

/// A P-256 public key as JSON (RFC 7517, RFC 7518 section 6.2), named by its thumbprint (RFC 7638), so that a name can
/// never stand for two keys.
record Jwk(String x, String y) {
  private static final int COORDINATE_BYTES = 32;

  static Jwk of(ECPublicKey key) {
    return new Jwk(coordinate(key.getW().getAffineX()), coordinate(key.getW().getAffineY()));
  }

  /// SHA-256 over the required members in lexicographic order, base64url.
  String thumbprint() {
    return base64url(Sha256.of(members().getBytes(StandardCharsets.UTF_8)));
  }

  /// The key with its name and what it is for.
  String json() {
    return members().replaceFirst("}$", "")
        + ",\"kid\":\"%s\",\"use\":\"sig\",\"alg\":\"ES256\"}".formatted(thumbprint());
  }

  static String base64url(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private String members() {
    return "{\"crv\":\"P-256\",\"kty\":\"EC\",\"x\":\"%s\",\"y\":\"%s\"}".formatted(x, y);
  }

  private static String coordinate(BigInteger value) {
    var bytes = value.toByteArray();
    var from = Math.max(0, bytes.length - COORDINATE_BYTES);
    var fixed = new byte[COORDINATE_BYTES];
    var significant = Arrays.copyOfRange(bytes, from, bytes.length);
    System.arraycopy(
        significant, 0, fixed, COORDINATE_BYTES - significant.length, significant.length);
    return base64url(fixed);
  }
}
