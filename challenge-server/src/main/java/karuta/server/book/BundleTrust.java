package karuta.server.book;

import java.security.cert.X509Certificate;
import java.util.Set;
import karuta.card.EpochId;

/// What a bundle must be for to be taken.
///
/// @param issuer the issuer's certificate, pinned: nothing else is trusted, no chain is followed
/// @param tokenSerial the serial of the verifier token in use
/// @param epochs the epochs whose book key the verifier token holds
/// @param catalogue the name of the catalogue in use, for example `v1`
/// @param catalogueDigest its SHA-256, 64 hex digits
public record BundleTrust(
    X509Certificate issuer,
    String tokenSerial,
    Set<EpochId> epochs,
    String catalogue,
    String catalogueDigest) {
  /// What people know the issuer's certificate by: the field of the configuration that names its file.
  public static final String ISSUER = "bundles.issuer-certificate";

  public BundleTrust {
    epochs = Set.copyOf(epochs);
  }
}
