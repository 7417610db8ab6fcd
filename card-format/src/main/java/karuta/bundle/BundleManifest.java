package karuta.bundle;

import java.time.Instant;
import java.util.regex.Pattern;
import karuta.card.BatchId;
import karuta.card.EpochId;
import karuta.card.Profile;

/// The first line of a bundle: what it holds and where it stands in the sequence of the issuer's bundles.
///
/// @param batch the batch the cards were made in
/// @param sequence 1 for the issuer's first bundle for this verifier token, then one more for each
/// @param previous the content digest of the bundle with the number before, 64 hex digits; empty for the first
/// @param epoch the book key the tags were made with
/// @param token the serial of the verifier token that holds the other half of this epoch
/// @param catalogue the name of the catalogue, for example `v1`
/// @param catalogueDigest SHA-256 over the catalogue, 64 hex digits
/// @param profile the profile of every card in it
/// @param cards how many cards follow, 1 or more
/// @param createdAt when the batch was made
public record BundleManifest(
    BatchId batch,
    long sequence,
    String previous,
    EpochId epoch,
    String token,
    String catalogue,
    String catalogueDigest,
    Profile profile,
    long cards,
    Instant createdAt) {
  /// The value of the field `format`: readers refuse any other.
  public static final String FORMAT = "karuta bundle v1";

  private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

  public BundleManifest {
    if (sequence < 1) {
      throw new IllegalArgumentException("sequence must be 1 or more, not " + sequence);
    }
    if (sequence == 1 ? !previous.isEmpty() : !DIGEST.matcher(previous).matches()) {
      throw new IllegalArgumentException(
          "previous must be 64 hex digits, and empty in the first bundle only");
    }
    if (!NAME.matcher(token).matches()) {
      throw new IllegalArgumentException("token must be a token's serial");
    }
    if (!NAME.matcher(catalogue).matches()) {
      throw new IllegalArgumentException("catalogue must be a catalogue's name");
    }
    if (!DIGEST.matcher(catalogueDigest).matches()) {
      throw new IllegalArgumentException("catalogueDigest must be 64 hex digits");
    }
    if (cards < 1) {
      throw new IllegalArgumentException("cards must be 1 or more, not " + cards);
    }
  }
}
