package karuta.provisioning.batch;

import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import karuta.card.BatchId;
import karuta.card.Profile;
import karuta.provisioning.ceremony.Confirmation;

/// What a batch is to be.
///
/// @param batch its name; `layout-<batch>` is its key
/// @param profile the profile of all its cards
/// @param subjects who gets a card, checked
/// @param agreements one for each verifier token that shall serve the cards, 1 or more; each gets a bundle of its own
/// @param previous the record of the batch before, empty for the issuer's first
/// @param directory where the batch's own directory is made
/// @param createdAt the batch's time
public record BatchOrder(
    BatchId batch,
    Profile profile,
    Subjects subjects,
    List<Confirmation> agreements,
    Optional<BatchRecord> previous,
    Path directory,
    Instant createdAt) {
  private static final String UNFINISHED = ".unfinished";

  public BatchOrder {
    agreements = List.copyOf(agreements);
    var tokens = new HashSet<String>();
    if (agreements.isEmpty() || !agreements.stream().allMatch(a -> tokens.add(a.verifierToken()))) {
      throw new IllegalArgumentException("a batch needs one agreement for each verifier token");
    }
    if (previous.isPresent() && previous.get().batch().equals(batch)) {
      throw new IllegalArgumentException("the previous batch has the same name");
    }
  }

  /// The directory of the finished batch.
  public Path finished() {
    return directory.resolve(batch.value());
  }

  /// The directory while it is made; what is in it is worth nothing.
  public Path unfinished() {
    return directory.resolve(batch.value() + UNFINISHED);
  }

  /// Whether a directory is one that is being made, or was when its process was killed.
  static boolean isUnfinished(Path directory) {
    return directory.getFileName().toString().endsWith(UNFINISHED);
  }

  /// The file name of the bundle for an agreement's token: `<batch>.bundle`, or with the epoch if there are several.
  public String bundleName(Confirmation agreement) {
    return bundleName(batch, agreement.epoch().value(), agreements.size());
  }

  static String bundleName(BatchId batch, String epoch, int bundles) {
    return bundles == 1 ? batch + ".bundle" : batch + "-" + epoch + ".bundle";
  }

  /// The file name of the print job.
  public String printJobName() {
    return batch + ".printjob";
  }
}
