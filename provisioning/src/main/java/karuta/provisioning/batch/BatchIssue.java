package karuta.provisioning.batch;

import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.function.BooleanSupplier;
import karuta.bundle.BundleManifest;
import karuta.bundle.BundleSummary;
import karuta.catalogue.Catalogue;
import karuta.document.DocumentException;
import karuta.document.DocumentSigner;
import karuta.provisioning.plan.Action;
import karuta.provisioning.print.PrintJob;
import karuta.provisioning.print.PrintOrder;

/// Makes one batch, all or nothing.
///
/// Everything is written into a [BatchDirectory], read back and checked there, and then that directory gets its name in
/// one step. A crash before that leaves a directory that the next run removes; a crash after it leaves a finished
/// batch.
///
/// Cards are made by several threads and written by one, in the order of the subject file, at most a window ahead, so
/// memory does not grow with the batch. A layout lives from its derivation until its card is in bundle and print job.
public final class BatchIssue {
  private final BatchOrder order;
  private final BatchKeys keys;
  private final DocumentSigner signer;
  private final Catalogue catalogue;
  private final Progress progress;
  private final BooleanSupplier stopped;

  /// @param stopped asked before every card; true ends the batch with [Interrupted]
  public BatchIssue(
      BatchOrder order,
      BatchKeys keys,
      DocumentSigner signer,
      Progress progress,
      BooleanSupplier stopped) {
    this.order = order;
    this.keys = keys;
    this.signer = signer;
    this.catalogue = Catalogue.v1();
    this.progress = progress;
    this.stopped = stopped;
  }

  /// The manifests of the bundles to be made, one for each agreement.
  public List<BundleManifest> manifests() {
    return order.agreements().stream()
        .map(
            agreement -> {
              var last = order.previous().flatMap(p -> p.last(agreement.verifierToken()));
              return new BundleManifest(
                  order.batch(),
                  last.map(link -> link.sequence() + 1).orElse(1L),
                  last.map(BatchRecord.Link::contentDigest).orElse(""),
                  agreement.epoch(),
                  agreement.verifierToken(),
                  catalogue.version(),
                  catalogue.digest(),
                  order.profile(),
                  order.subjects().count(),
                  order.createdAt());
            })
        .toList();
  }

  /// Makes sure that it repeats no finished batch of its directory.
  ///
  /// @throws BatchRefused if it would
  public void requireNew() throws IOException {
    new FinishedBatches(order.directory()).requireNew(order.finished(), manifests());
  }

  /// What is made and removed besides the batch's own files.
  public List<Action> making() {
    return BatchDirectory.making(order);
  }

  /// Makes the batch.
  ///
  /// @param bureau the certificate the print job is encrypted to
  /// @param workers make the cards; the caller ends them
  /// @param samples how many cards are made a second time and compared with what was written
  /// @throws BatchRefused if it would repeat a finished one, or another is being made
  /// @throws Interrupted if it was stopped; nothing is left
  public BatchRecord run(
      PrintJob.Factory printer, X509Certificate bureau, ExecutorService workers, int samples)
      throws IOException {
    try (var directory = BatchDirectory.of(order)) {
      requireNew();
      directory.begin();
      var written = write(printer, bureau, workers);
      check(written.bundles(), samples);
      var record = record(written);
      record.write(directory.path(BatchRecord.FILE));
      directory.finish();
      return record;
    }
  }

  private record Written(PrintJob.Finished printJob, List<BundleSummary> bundles) {}

  private Written write(PrintJob.Factory printer, X509Certificate bureau, ExecutorService workers)
      throws IOException {
    var bundles = new ArrayList<BundleFile>();
    var printOrder =
        new PrintOrder(order.batch(), order.subjects().count(), order.createdAt(), signer, bureau);
    try (var job = printer.open(path(order.printJobName()), printOrder)) {
      for (var manifest : manifests()) {
        var name = order.bundleName(order.agreements().get(bundles.size()));
        bundles.add(BundleFile.create(path(name), manifest, signer));
      }
      writeCards(bundles, job, workers);
      var printed = job.finish();
      var summaries = new ArrayList<BundleSummary>();
      for (var bundle : bundles) {
        summaries.add(bundle.finish());
      }
      return new Written(printed, summaries);
    } finally {
      for (var bundle : bundles) {
        bundle.close();
      }
    }
  }

  private void writeCards(List<BundleFile> bundles, PrintJob job, ExecutorService workers)
      throws IOException {
    var epochs = manifests().stream().map(BundleManifest::epoch).toList();
    var maker = new CardMaker(keys, order.batch(), epochs, order.profile());
    var serials = new Serials(keys::random, Math.toIntExact(order.subjects().count()));
    var done = 0L;
    try (var lines = SubjectFile.open(order.subjects().file());
        var cards = new CardWindow(lines, maker::make, serials, workers)) {
      for (var next = cards.next(); next.isPresent(); next = cards.next()) {
        try (var card = next.get()) {
          if (stopped.getAsBoolean()) {
            throw Interrupted.batch();
          }
          for (var i = 0; i < bundles.size(); i++) {
            bundles.get(i).add(card.books().get(i));
          }
          job.add(card.books().getFirst().card().serial(), card.layout());
        }
        progress.at("making cards", ++done, order.subjects().count());
      }
      if (!lines.digest().equals(order.subjects().digest())) {
        throw new DocumentException(
            order.subjects().file() + ": changed while the batch was made; nothing was kept");
      }
    } catch (SubjectFile.BadLine e) {
      throw new DocumentException(
          order.subjects().file() + ": changed while the batch was made; nothing was kept", e);
    }
  }

  /// Reads every bundle back from the disk and makes some of its cards again. What is wrong now is a batch thrown away;
  /// found at the bank's counter it is a card nobody can use.
  private void check(List<BundleSummary> written, int samples) throws IOException {
    for (var i = 0; i < written.size(); i++) {
      var manifest = manifests().get(i);
      var maker = new CardMaker(keys, order.batch(), List.of(manifest.epoch()), order.profile());
      var sample = new Sample(maker, manifest.cards(), samples, keys::random);
      var path = path(order.bundleName(order.agreements().get(i)));
      var content =
          BundleFile.read(
              path,
              signer.certificate(),
              book -> {
                if (stopped.getAsBoolean()) {
                  throw Interrupted.batch();
                }
                sample.see(book);
                progress.at("checking", sample.seen(), manifest.cards());
              });
      if (!content.manifest().equals(manifest) || !content.summary().equals(written.get(i))) {
        throw new DocumentException(path.getFileName() + " does not read as it was written");
      }
    }
  }

  private BatchRecord record(Written written) {
    var summaries = written.bundles();
    var chain = new ArrayList<BatchRecord.Link>();
    var manifests = manifests();
    for (var i = 0; i < summaries.size(); i++) {
      var manifest = manifests.get(i);
      chain.add(
          new BatchRecord.Link(
              manifest.token(),
              manifest.epoch().value(),
              manifest.sequence(),
              summaries.get(i).contentDigest(),
              order.batch()));
    }
    order.previous().stream()
        .flatMap(previous -> previous.chain().stream())
        .filter(old -> manifests.stream().noneMatch(m -> m.token().equals(old.token())))
        .forEach(chain::add);
    return new BatchRecord(
        order.batch(),
        order.profile(),
        order.subjects().count(),
        order.createdAt(),
        written.printJob(),
        chain);
  }

  private Path path(String name) {
    return order.unfinished().resolve(name);
  }
}
