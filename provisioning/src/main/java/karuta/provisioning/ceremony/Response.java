package karuta.provisioning.ceremony;

import java.time.Instant;
import karuta.card.EpochId;
import karuta.fields.Fields;
import karuta.token.key.Kdf;

/// Second file, verifier to issuer: the other public point. The verifier's half of the key exists when this is written.
public final class Response extends Message {
  static final String FORMAT = "karuta agreement response v1";

  private final EpochId epoch;
  private final String requestDigest;
  private final String verifierToken;
  private final Kdf kdf;
  private final byte[] point;
  private final Instant createdAt;

  /// @param requestDigest SHA-256 of the request's content, 64 hex digits: binds the answer to what was asked
  /// @param verifierToken the verifier token's serial
  /// @param kdf what the verifier has derived with
  /// @param point the verifier's public point, 65 bytes
  public Response(
      EpochId epoch,
      String requestDigest,
      String verifierToken,
      Kdf kdf,
      byte[] point,
      Instant createdAt) {
    this.epoch = epoch;
    this.requestDigest = requestDigest;
    this.verifierToken = verifierToken;
    this.kdf = kdf;
    this.point = point.clone();
    this.createdAt = createdAt;
  }

  static Response read(Fields fields) {
    return new Response(
        fields.as("epoch", EpochId::new),
        fields.text("requestDigest"),
        fields.text("verifierToken"),
        fields.as("kdf", Kdf::valueOf),
        fields.bytes("point", POINT_BYTES),
        fields.as("createdAt", Instant::parse));
  }

  @Override
  void write(Text text) {
    text.field("format", FORMAT)
        .field("epoch", epoch.value())
        .field("requestDigest", requestDigest)
        .field("verifierToken", verifierToken)
        .field("kdf", kdf.name())
        .field("point", point)
        .field("createdAt", createdAt.toString());
  }

  public EpochId epoch() {
    return epoch;
  }

  /// SHA-256 of the request's content, 64 hex digits.
  public String requestDigest() {
    return requestDigest;
  }

  /// The verifier token's serial.
  public String verifierToken() {
    return verifierToken;
  }

  public Kdf kdf() {
    return kdf;
  }

  /// The verifier's public point, uncompressed, 65 bytes.
  public byte[] point() {
    return point.clone();
  }
}
