package karuta.provisioning.ceremony;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import karuta.card.EpochId;
import karuta.fields.Fields;
import karuta.token.key.Kdf;

/// First file, issuer to verifier: a public point, and what may be made with it.
public final class Request extends Message {
  static final String FORMAT = "karuta agreement request v1";

  private final EpochId epoch;
  private final String issuerToken;
  private final Set<Kdf> kdfs;
  private final byte[] point;
  private final Instant createdAt;

  /// @param issuerToken the issuer token's serial
  /// @param kdfs what the issuer token can derive with
  /// @param point the issuer's public point, 65 bytes
  public Request(
      EpochId epoch, String issuerToken, Set<Kdf> kdfs, byte[] point, Instant createdAt) {
    this.epoch = epoch;
    this.issuerToken = issuerToken;
    this.kdfs = Set.copyOf(kdfs);
    this.point = point.clone();
    this.createdAt = createdAt;
  }

  static Request read(Fields fields) {
    return new Request(
        fields.as("epoch", EpochId::new),
        fields.text("issuerToken"),
        Set.copyOf(kdfs(fields.list("kdfs", Kdf.values().length))),
        fields.bytes("point", POINT_BYTES),
        fields.as("createdAt", Instant::parse));
  }

  private static List<Kdf> kdfs(List<Object> names) {
    return names.stream().map(name -> Kdf.valueOf(String.valueOf(name))).toList();
  }

  @Override
  void write(Text text) {
    text.field("format", FORMAT)
        .field("epoch", epoch.value())
        .field("issuerToken", issuerToken)
        .field("kdfs", new TreeSet<>(kdfs).stream().map(Kdf::name).toList())
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

  public Set<Kdf> kdfs() {
    return kdfs;
  }

  /// The issuer's public point, uncompressed, 65 bytes.
  public byte[] point() {
    return point.clone();
  }
}
