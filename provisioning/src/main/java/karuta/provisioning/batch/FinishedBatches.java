package karuta.provisioning.batch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import karuta.bundle.BundleManifest;

/// The batches that lie finished in a directory, and what a new one must not repeat: a name, and the number of a
/// bundle.
///
/// Two bundles of one number for one verifier token are both valid on their own, but the server takes only the first;
/// the cards of the second are printed for nothing. The server finds that out weeks later, so it is looked for here.
final class FinishedBatches {
  private final Path directory;

  FinishedBatches(Path directory) {
    this.directory = directory;
  }

  /// Makes sure that a batch would repeat nothing.
  ///
  /// @throws BatchRefused if it would
  /// @throws karuta.document.DocumentException if a finished batch's record cannot be read
  void requireNew(Path finished, List<BundleManifest> manifests) throws IOException {
    if (Files.exists(finished)) {
      throw new BatchRefused(
          finished + ": this batch is finished; a new batch needs a name of its own");
    }
    for (var manifest : manifests) {
      requireNext(manifest);
    }
  }

  /// The batch that is named is the last of its row, not the first that is in the way.
  private void requireNext(BundleManifest manifest) throws IOException {
    var highest = manifest.sequence() - 1;
    var inTheWay = Optional.<Path>empty();
    for (var record : records()) {
      var last = BatchRecord.read(record).last(manifest.token());
      if (last.isPresent() && last.get().sequence() > highest) {
        highest = last.get().sequence();
        inTheWay = Optional.of(record);
      }
    }
    if (inTheWay.isPresent()) {
      var record = inTheWay.get();
      throw new BatchRefused(
          ("bundle %d for verifier token %s was made already;"
                  + " go on from it with --previous %s, or, if nobody was ever given it, move %s away")
              .formatted(highest, manifest.token(), record, record.getParent()));
    }
  }

  /// The records of finished batches, by name.
  private List<Path> records() throws IOException {
    var records = new ArrayList<Path>();
    if (Files.exists(directory)) {
      try (var entries = Files.newDirectoryStream(directory)) {
        for (var entry : entries) {
          var record = entry.resolve(BatchRecord.FILE);
          if (!BatchOrder.isUnfinished(entry) && Files.exists(record)) {
            records.add(record);
          }
        }
      }
    }
    return records.stream().sorted().toList();
  }
}
