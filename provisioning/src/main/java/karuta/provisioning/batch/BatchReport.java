package karuta.provisioning.batch;

import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import karuta.bundle.CardBook;
import karuta.card.Serial;
import karuta.document.DocumentException;
import karuta.provisioning.print.PrintReport;

/// A bureau's report held against the batch it is about: the same print job, and every card of the batch exactly once.
///
/// A card the report leaves out may have been printed and kept; one it adds was printed without an order. Either is
/// found here, before anything is mailed.
///
/// @param printed how many cards may be mailed
/// @param spoiled the cards that were destroyed, in the order of the batch, with their subjects: each needs a new one
public record BatchReport(long printed, List<CardBook> spoiled) {
  private static final int MOST_PROBLEMS = 20;

  public BatchReport {
    spoiled = List.copyOf(spoiled);
  }

  /// Reads a batch's record and bundle and holds the report against them.
  ///
  /// @param directory the finished batch
  /// @param issuer the issuer's certificate, which signed the bundle
  /// @throws DocumentException if they do not agree, naming up to 20 cards
  public static BatchReport of(Path directory, X509Certificate issuer, PrintReport report)
      throws IOException {
    var record = BatchRecord.read(directory.resolve(BatchRecord.FILE));
    if (!report.batch().equals(record.batch())) {
      throw new DocumentException(
          "the report is about batch " + report.batch() + ", not " + record.batch());
    }
    if (!report.job().equals(record.printJob().job())
        || !report.manifestDigest().equals(record.printJob().manifestDigest())) {
      throw new DocumentException(
          "the report is about another print job than the one made with this batch");
    }
    var tally = new Tally(report);
    var bundle = bundle(directory, record);
    var content = BundleFile.read(directory.resolve(bundle.name()), issuer, tally::see);
    if (!content.summary().contentDigest().equals(bundle.contentDigest())) {
      throw new DocumentException(bundle.name() + " is not the bundle the batch was made with");
    }
    return tally.end();
  }

  /// Any of the batch's bundles: each holds every card.
  private static Bundle bundle(Path directory, BatchRecord record) throws DocumentException {
    var links = record.chain().stream().filter(l -> l.batch().equals(record.batch())).toList();
    if (links.isEmpty()) {
      throw new DocumentException(directory + ": the batch's record names no bundle of its own");
    }
    var link = links.getFirst();
    var name = BatchOrder.bundleName(record.batch(), link.epoch(), links.size());
    return new Bundle(name, link.contentDigest());
  }

  private record Bundle(String name, String contentDigest) {}

  /// Crosses off what the report names while the batch's cards go by.
  private static final class Tally {
    private final Set<Serial> printed;
    private final Set<Serial> spoiled;
    private final List<CardBook> toReplace = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private long count;

    Tally(PrintReport report) {
      printed = new HashSet<>(report.printed());
      spoiled = new HashSet<>(report.spoiled());
    }

    void see(CardBook book) {
      var serial = book.card().serial();
      if (printed.remove(serial)) {
        count++;
      } else if (spoiled.remove(serial)) {
        toReplace.add(book);
      } else {
        problem("the report says nothing about card " + serial.grouped());
      }
    }

    BatchReport end() throws DocumentException {
      printed.forEach(
          s -> problem("card " + s.grouped() + " was printed, but is not of this batch"));
      spoiled.forEach(
          s -> problem("card " + s.grouped() + " was spoiled, but is not of this batch"));
      if (!problems.isEmpty()) {
        throw new DocumentException(String.join("\n", problems) + "\nmail nothing; ask the bureau");
      }
      return new BatchReport(count, toReplace);
    }

    private void problem(String text) {
      if (problems.size() < MOST_PROBLEMS) {
        problems.add(text);
      }
    }
  }
}
