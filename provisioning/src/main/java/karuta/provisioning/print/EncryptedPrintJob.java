package karuta.provisioning.print;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import karuta.card.Cell;
import karuta.card.Serial;
import karuta.digest.Sha256;
import karuta.document.SignedDocument;
import karuta.document.WriteFailed;
import karuta.provisioning.layout.Layout;
import karuta.provisioning.print.page.CardDocument;
import org.jspecify.annotations.Nullable;

/// A print job being written through one pipe: archive, signature, encryption, file. Whatever reaches the file is
/// encrypted, so an aborted job, a crash or a stolen disk tells no layout: the content key was in memory only.
///
/// Files come in pairs, the records of some cards and their PDF; the manifest, which knows all digests, comes last. The
/// memory needed does not grow with the number of cards.
final class EncryptedPrintJob implements PrintJob {
  private static final List<Cell> CELLS =
      IntStream.range(0, Cell.COUNT).mapToObj(Cell::new).toList();

  private final Path file;
  private final PrintOrder order;
  private final Design design;
  private final int cardsPerFile;
  private final String job;
  private final String bureau;
  private final RecordChain chain;
  private final MessageDigest serials = Sha256.start();

  private final FileChannel disk;
  private final OutputStream buffer;
  private final OutputStream envelope;
  private final OutputStream signature;
  private final JobArchive archive;

  private @Nullable CardDocument document;
  private @Nullable OutputStream records;
  private int pairs;
  private boolean finished;

  EncryptedPrintJob(
      Path file, PrintOrder order, Design design, SecureRandom random, int cardsPerFile)
      throws IOException {
    this.file = file;
    this.order = order;
    this.design = design;
    this.cardsPerFile = cardsPerFile;
    bureau = Certificates.fingerprint(order.bureau());
    job = name(order, bureau);
    chain = new RecordChain(job);
    disk =
        FileChannel.open(
            file,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try {
      buffer =
          new BufferedOutputStream(
              WriteFailed.naming(file, Channels.newOutputStream(disk)), 1 << 16);
      envelope = Envelope.seal(buffer, order.bureau(), random);
      signature = SignedDocument.write(envelope, order.signer());
      archive = new JobArchive(signature);
    } catch (IOException | RuntimeException e) {
      abandon();
      throw e;
    }
  }

  /// The same batch made at the same time for the same bureau is the same job.
  private static String name(PrintOrder order, String bureau) {
    var text = order.batch() + "\n" + order.createdAt() + "\n" + order.cards() + "\n" + bureau;
    return Sha256.hex(text.getBytes(StandardCharsets.UTF_8)).substring(0, 16);
  }

  @Override
  public void add(Serial serial, Layout layout) throws IOException {
    if (chain.records() == order.cards()) {
      throw new IllegalStateException("the print job has all its " + order.cards() + " cards");
    }
    if (document == null || records == null) {
      pairs++;
      document = design.document(documentId(), order.createdAt());
      records = archive.file(JobFile.records(pairs));
    }
    document.add(serial, layout);
    var pictures = layout.at(CELLS);
    var link = chain.add(serial, pictures);
    new CardRecord(chain.records(), serial, document.pages(), pictures, link).write(records);
    serials.update((serial + "\n").getBytes(StandardCharsets.US_ASCII));
    if (document.pages() == cardsPerFile) {
      completePair(document, records);
    }
  }

  private long documentId() {
    return HexFormat.fromHexDigitsToLong(job) + pairs;
  }

  private void completePair(CardDocument pages, OutputStream lines) throws IOException {
    lines.close();
    records = null;
    try (pages;
        var pdf = archive.file(JobFile.cards(pairs))) {
      pages.write(pdf);
    }
    document = null;
  }

  @Override
  public Finished finish() throws IOException {
    if (chain.records() != order.cards()) {
      throw new IllegalStateException(
          "the print job has " + chain.records() + " of " + order.cards() + " cards");
    }
    if (document != null && records != null) {
      completePair(document, records);
    }
    var json = manifest().toJson();
    try (var manifest = archive.file(JobManifest.NAME)) {
      manifest.write(json);
    }
    archive.finish();
    signature.close();
    envelope.close();
    buffer.flush();
    disk.force(true);
    disk.close();
    finished = true;
    return new Finished(job, Sha256.hex(json));
  }

  private JobManifest manifest() {
    return new JobManifest(
        job,
        order.batch(),
        order.cards(),
        Sha256.hex(serials),
        chain.last(),
        design.template(),
        design.catalogue(),
        design.fontsDigest(),
        bureau,
        order.createdAt(),
        EncryptedPrintJobs.lastDay(order.createdAt()),
        1,
        archive.files());
  }

  @Override
  public void close() throws IOException {
    if (!finished && disk.isOpen()) {
      if (document != null) {
        document.close();
      }
      abandon();
    }
  }

  private void abandon() throws IOException {
    disk.close();
    Files.delete(file);
  }
}
