package karuta.provisioning.ceremony;

import java.time.Instant;
import karuta.card.EpochId;
import karuta.fields.Fields;
import karuta.token.key.Kdf;

/// Third file, issuer to verifier, and the issuer's own record of the epoch: the check value, which proves to the
/// verifier that both tokens hold the same key and says nothing about it.
public final class Confirmation extends Message {
  static final String FORMAT = "karuta agreement confirmation v1";

  /// Length of a check value in bytes.
  public static final int CHECK_BYTES = 32;

  private final EpochId epoch;
  private final String responseDigest;
  private final String issuerToken;
  private final String verifierToken;
  private final Kdf kdf;
  private final byte[] checkValue;
  private final Instant createdAt;

  /// @param responseDigest SHA-256 of the response's content, 64 hex digits
  /// @param issuerToken the issuer token's serial
  /// @param checkValue HMAC of `karuta kcv v1` under the book key, 32 bytes
  public Confirmation(
      Response response,
      String responseDigest,
      String issuerToken,
      byte[] checkValue,
      Instant createdAt) {
    this(
        response.epoch(),
        responseDigest,
        issuerToken,
        response.verifierToken(),
        response.kdf(),
        checkValue,
        createdAt);
  }

  private Confirmation(
      EpochId epoch,
      String responseDigest,
      String issuerToken,
      String verifierToken,
      Kdf kdf,
      byte[] checkValue,
      Instant createdAt) {
    this.epoch = epoch;
    this.responseDigest = responseDigest;
    this.issuerToken = issuerToken;
    this.verifierToken = verifierToken;
    this.kdf = kdf;
    this.checkValue = checkValue.clone();
    this.createdAt = createdAt;
  }

  static Confirmation read(Fields fields) {
    return new Confirmation(
        fields.as("epoch", EpochId::new),
        fields.text("responseDigest"),
        fields.text("issuerToken"),
        fields.text("verifierToken"),
        fields.as("kdf", Kdf::valueOf),
        fields.bytes("checkValue", CHECK_BYTES),
        fields.as("createdAt", Instant::parse));
  }

  @Override
  void write(Text text) {
    text.field("format", FORMAT)
        .field("epoch", epoch.value())
        .field("responseDigest", responseDigest)
        .field("issuerToken", issuerToken)
        .field("verifierToken", verifierToken)
        .field("kdf", kdf.name())
        .field("checkValue", checkValue)
        .field("createdAt", createdAt.toString());
  }

  public EpochId epoch() {
    return epoch;
  }

  /// SHA-256 of the response's content, 64 hex digits.
  public String responseDigest() {
    return responseDigest;
  }

  /// The issuer token's serial.
  public String issuerToken() {
    return issuerToken;
  }

  /// The verifier token's serial.
  public String verifierToken() {
    return verifierToken;
  }

  public Kdf kdf() {
    return kdf;
  }

  /// HMAC of `karuta kcv v1` under the book key, 32 bytes. Not a secret.
  public byte[] checkValue() {
    return checkValue.clone();
  }
}
