package karuta.provisioning.batch;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.function.BooleanSupplier;
import karuta.bundle.BundleManifest;
import karuta.bundle.BundleSummary;
import karuta.catalogue.Catalogue;
import karuta.provisioning.document.DocumentException;
import karuta.provisioning.document.DocumentSigner;
import karuta.provisioning.print.PrintJob;
import karuta.provisioning.print.PrintOrder;

/// Makes one batch, all or nothing.
///
/// Everything is written into `<batch>.unfinished`, read back and checked there, and then the **directory** gets its name
/// in one step: there is no moment at which some of a batch's files are finished and others are not. A crash before that
/// leaves a directory that the next run removes; a crash after it leaves a finished batch.
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

  /// Makes the batch.
  ///
  /// @param bureau the certificate the print job is encrypted to
  /// @param workers make the cards; the caller ends them
  /// @param samples how many cards are made a second time and compared with what was written
  /// @throws FileAlreadyExistsException if a batch of that name is there
  /// @throws Interrupted if it was stopped; nothing is left
  public BatchRecord run(
      PrintJob.Factory printer, X509Certificate bureau, ExecutorService workers, int samples)
      throws IOException {
    if (Files.exists(order.finished())) {
      throw new FileAlreadyExistsException(order.finished().toString());
    }
    Files.createDirectories(order.directory());
    remove(order.unfinished());
    Files.createDirectory(order.unfinished(), privately());
    try {
      var summaries = write(printer, bureau, workers);
      check(summaries, samples);
      var record = record(summaries);
      record.write(order.unfinished().resolve(BatchRecord.FILE));
      force(order.unfinished());
      Files.move(order.unfinished(), order.finished(), StandardCopyOption.ATOMIC_MOVE);
      force(order.directory());
      return record;
    } finally {
      remove(order.unfinished());
    }
  }

  private List<BundleSummary> write(
      PrintJob.Factory printer, X509Certificate bureau, ExecutorService workers)
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
      job.finish();
      var summaries = new ArrayList<BundleSummary>();
      for (var bundle : bundles) {
        summaries.add(bundle.finish());
      }
      return summaries;
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
    var done = 0L;
    try (var lines = SubjectFile.open(order.subjects().file());
        var cards = new CardWindow(lines, maker, new Serials(keys::random), workers)) {
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

  private BatchRecord record(List<BundleSummary> summaries) {
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
        order.batch(), order.profile(), order.subjects().count(), order.createdAt(), chain);
  }

  private Path path(String name) {
    return order.unfinished().resolve(name);
  }

  /// For the owner alone, where the file system knows such a thing: a bundle holds the seeds of palettes.
  private FileAttribute<?>[] privately() throws IOException {
    var posix = Files.getFileStore(order.directory()).supportsFileAttributeView("posix");
    return posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
        }
        : new FileAttribute<?>[0];
  }

  private static void force(Path directory) throws IOException {
    try (var channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static void remove(Path directory) throws IOException {
    if (Files.exists(directory)) {
      try (var entries = Files.walk(directory)) {
        for (var entry : entries.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(entry);
        }
      }
    }
  }
}
