package karuta.provisioning.ceremony;

import java.time.Instant;
import java.util.List;
import karuta.agreement.AgreementUse;
import karuta.agreement.Kdf;
import karuta.card.EpochId;
import karuta.fields.Fields;

/// First file, issuer to verifier: a public point, and what may be made with it.
public final class Request extends Message {
  static final String FORMAT = "karuta agreement request v2";

  private final EpochId epoch;
  private final String issuerToken;
  private final AgreementUse use;
  private final List<Kdf> kdfs;
  private final byte[] point;
  private final Instant createdAt;

  /// @param issuerToken the issuer token's serial
  /// @param use what the agreement is for
  /// @param kdfs what the issuer offers to derive with, by preference
  /// @param point the issuer's public point, 65 bytes
  /// @throws IllegalArgumentException if something is offered that the use does not allow
  public Request(
      EpochId epoch,
      String issuerToken,
      AgreementUse use,
      List<Kdf> kdfs,
      byte[] point,
      Instant createdAt) {
    kdfs.forEach(use::require);
    this.use = use;
    this.epoch = epoch;
    this.issuerToken = issuerToken;
    this.kdfs = List.copyOf(kdfs);
    this.point = point.clone();
    this.createdAt = createdAt;
  }

  static Request read(Fields fields) {
    return new Request(
        fields.as("epoch", EpochId::new),
        fields.text("issuerToken"),
        fields.as("use", AgreementUse::named),
        kdfs(fields.list("kdfs", Kdf.values().length)),
        fields.bytes("point", POINT_BYTES),
        fields.as("createdAt", Instant::parse));
  }

  private static List<Kdf> kdfs(List<Object> names) {
    return names.stream().map(name -> Kdf.named(String.valueOf(name))).toList();
  }

  @Override
  void write(Text text) {
    text.field("format", FORMAT)
        .field("epoch", epoch.value())
        .field("issuerToken", issuerToken)
        .field("use", use.label())
        .field("kdfs", kdfs.stream().map(Kdf::name).toList())
        .field("point", point)
        .field("createdAt", createdAt.toString());
  }

  public EpochId epoch() {
    return epoch;
  }

  /// The issuer token's serial.
  public String issuerToken() {
    return issuerToken;
  }

  public AgreementUse use() {
    return use;
  }

  /// What the issuer offers to derive with, by preference.
  public List<Kdf> kdfs() {
    return kdfs;
  }

  /// The issuer's public point, uncompressed, 65 bytes.
  public byte[] point() {
    return point.clone();
  }
}
