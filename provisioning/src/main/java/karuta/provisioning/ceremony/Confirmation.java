package karuta.provisioning.ceremony;

import java.time.Instant;
import karuta.agreement.AgreementUse;
import karuta.agreement.Kdf;
import karuta.card.EpochId;
import karuta.fields.Fields;
import karuta.token.key.TokenKdf;

/// Third file, issuer to verifier, and the issuer's own record of the epoch: the check value, which proves to the
/// verifier that both tokens hold the same key and says nothing about it.
public final class Confirmation extends Message {
  static final String FORMAT = "karuta agreement confirmation v2";

  /// Length of a check value in bytes.
  public static final int CHECK_BYTES = 32;

  private final EpochId epoch;
  private final String responseDigest;
  private final String issuerToken;
  private final String verifierToken;
  private final AgreementUse use;
  private final TokenKdf issuerKdf;
  private final TokenKdf verifierKdf;
  private final byte[] checkValue;
  private final Instant createdAt;

  /// @param responseDigest SHA-256 of the response's content, 64 hex digits
  /// @param issuerToken the issuer token's serial
  /// @param kdf what the issuer has derived with, by its token's number
  /// @param checkValue HMAC of `karuta kcv v1` under the book key, 32 bytes
  public Confirmation(
      Response response,
      String responseDigest,
      String issuerToken,
      TokenKdf kdf,
      byte[] checkValue,
      Instant createdAt) {
    this(
        response.epoch(),
        responseDigest,
        issuerToken,
        response.verifierToken(),
        response.use(),
        kdf,
        response.kdf(),
        checkValue,
        createdAt);
  }

  private Confirmation(
      EpochId epoch,
      String responseDigest,
      String issuerToken,
      String verifierToken,
      AgreementUse use,
      TokenKdf issuerKdf,
      TokenKdf verifierKdf,
      byte[] checkValue,
      Instant createdAt) {
    this.epoch = epoch;
    this.responseDigest = responseDigest;
    this.issuerToken = issuerToken;
    this.verifierToken = verifierToken;
    use.require(issuerKdf.computes());
    if (issuerKdf.computes() != verifierKdf.computes()) {
      throw new IllegalArgumentException(
          "the issuer has derived with %s, the verifier with %s"
              .formatted(issuerKdf.computes(), verifierKdf.computes()));
    }
    this.use = use;
    this.issuerKdf = issuerKdf;
    this.verifierKdf = verifierKdf;
    this.checkValue = checkValue.clone();
    this.createdAt = createdAt;
  }

  static Confirmation read(Fields fields) {
    var kdf = fields.as("kdf", Kdf::named);
    return new Confirmation(
        fields.as("epoch", EpochId::new),
        fields.text("responseDigest"),
        fields.text("issuerToken"),
        fields.text("verifierToken"),
        fields.as("use", AgreementUse::named),
        fields.as("issuerKdf", text -> TokenKdf.parse(kdf, text)),
        fields.as("verifierKdf", text -> TokenKdf.parse(kdf, text)),
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
        .field("use", use.label())
        .field("kdf", kdf().name())
        .field("issuerKdf", issuerKdf.toString())
        .field("verifierKdf", verifierKdf.toString())
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

  public AgreementUse use() {
    return use;
  }

  /// What both tokens have derived with.
  public Kdf kdf() {
    return issuerKdf.computes();
  }

  /// By the issuer token's number.
  public TokenKdf issuerKdf() {
    return issuerKdf;
  }

  /// By the verifier token's number.
  public TokenKdf verifierKdf() {
    return verifierKdf;
  }

  /// HMAC of `karuta kcv v1` under the book key, 32 bytes. Not a secret.
  public byte[] checkValue() {
    return checkValue.clone();
  }
}
