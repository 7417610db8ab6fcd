package karuta.provisioning.ceremony;

import java.time.Instant;
import karuta.agreement.AgreementUse;
import karuta.agreement.Kdf;
import karuta.card.EpochId;
import karuta.fields.Fields;
import karuta.token.key.TokenKdf;

/// Second file, verifier to issuer: the other public point. The verifier's half of the key exists when this is written.
public final class Response extends Message {
  static final String FORMAT = "karuta agreement response v2";

  private final EpochId epoch;
  private final String requestDigest;
  private final String verifierToken;
  private final AgreementUse use;
  private final TokenKdf kdf;
  private final byte[] point;
  private final Instant createdAt;

  /// @param requestDigest SHA-256 of the request's content, 64 hex digits: binds the answer to what was asked
  /// @param verifierToken the verifier token's serial
  /// @param use what the agreement is for
  /// @param kdf what the verifier has derived with, by its token's number
  /// @param point the verifier's public point, 65 bytes
  /// @throws IllegalArgumentException if it was derived with what the use does not allow
  public Response(
      EpochId epoch,
      String requestDigest,
      String verifierToken,
      AgreementUse use,
      TokenKdf kdf,
      byte[] point,
      Instant createdAt) {
    this.epoch = epoch;
    this.requestDigest = requestDigest;
    this.verifierToken = verifierToken;
    use.require(kdf.computes());
    this.use = use;
    this.kdf = kdf;
    this.point = point.clone();
    this.createdAt = createdAt;
  }

  static Response read(Fields fields) {
    var kdf = fields.as("kdf", Kdf::named);
    return new Response(
        fields.as("epoch", EpochId::new),
        fields.text("requestDigest"),
        fields.text("verifierToken"),
        fields.as("use", AgreementUse::named),
        fields.as("verifierKdf", text -> TokenKdf.parse(kdf, text)),
        fields.bytes("point", POINT_BYTES),
        fields.as("createdAt", Instant::parse));
  }

  @Override
  void write(Text text) {
    text.field("format", FORMAT)
        .field("epoch", epoch.value())
        .field("requestDigest", requestDigest)
        .field("verifierToken", verifierToken)
        .field("use", use.label())
        .field("kdf", kdf.computes().name())
        .field("verifierKdf", kdf.toString())
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

  public AgreementUse use() {
    return use;
  }

  /// What the verifier has derived with, by its token's number.
  public TokenKdf kdf() {
    return kdf;
  }

  /// The verifier's public point, uncompressed, 65 bytes.
  public byte[] point() {
    return point.clone();
  }
}
