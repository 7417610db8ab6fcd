package karuta.provisioning.print;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import karuta.card.Serial;
import karuta.digest.Sha256;
import karuta.provisioning.print.PrintJobException.Reason;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.io.IOUtils;
import org.jspecify.annotations.Nullable;

/// Holds an unpacked job against its manifest: every file, every digest, every record, every count of pages.
public final class JobCheck {
  private static final String OTHER_FILES =
      "the print job's files are not those its manifest lists";

  private final Path folder;
  private final BooleanSupplier stopped;
  private final Set<Serial> serials = new LinkedHashSet<>();

  /// @param stopped whether the user wants to end: asked before every file
  public JobCheck(Path folder, BooleanSupplier stopped) {
    this.folder = folder;
    this.stopped = stopped;
  }

  /// Holds everything in the folder against the manifest.
  ///
  /// @param bureau SHA-256 over the certificate the job was opened with
  /// @throws PrintJobException if anything is not as the manifest says, or the job is too old to be printed
  public JobManifest check(String bureau, Instant now) throws IOException {
    var file = folder.resolve(JobManifest.NAME);
    if (!Files.exists(file)) {
      throw damaged("the print job has no manifest");
    }
    var manifest = JobManifest.parse(Files.readAllBytes(file));
    if (!manifest.bureau().equals(bureau)) {
      throw new PrintJobException(
          Reason.NOT_FOR_THIS_KEY,
          "the print job was made for another bureau; report this to the issuer");
    }
    files(manifest);
    records(manifest);
    if (now.isAfter(manifest.notAfter())) {
      throw new PrintJobException(
          Reason.EXPIRED,
          "the print job was to be printed until " + manifest.notAfter() + "; ask for a new one");
    }
    return manifest;
  }

  /// The cards of a job that was checked, in order.
  public Set<Serial> serials() {
    return Collections.unmodifiableSet(serials);
  }

  private void files(JobManifest manifest) throws IOException {
    try (var list = Files.list(folder)) {
      var found = list.map(file -> String.valueOf(file.getFileName())).collect(Collectors.toSet());
      found.remove(JobManifest.NAME);
      var named = manifest.files().stream().map(JobFile::name).toList();
      if (found.size() != named.size() || !found.equals(Set.copyOf(named))) {
        throw damaged(OTHER_FILES);
      }
    }
    for (var file : manifest.files()) {
      Stop.ifAsked(stopped);
      var path = folder.resolve(file.name());
      if (Files.size(path) != file.bytes() || !sha256(path).equals(file.sha256())) {
        throw damaged("the file " + file.name() + " of the print job is not the one it should be");
      }
    }
  }

  private static String sha256(Path file) throws IOException {
    var digest = Sha256.start();
    try (var in = new DigestInputStream(Files.newInputStream(file), digest)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    return Sha256.hex(digest);
  }

  private void records(JobManifest manifest) throws IOException {
    var chain = new RecordChain(manifest.job());
    var digest = Sha256.start();
    var names = manifest.files().stream().map(JobFile::name).toList();
    for (var pair = 1; pair <= names.size() / 2; pair++) {
      Stop.ifAsked(stopped);
      var expected = List.of(JobFile.records(pair), JobFile.cards(pair));
      if (!names.subList(2 * pair - 2, 2 * pair).equals(expected)) {
        throw damaged(OTHER_FILES);
      }
      var cards = 0;
      try (var lines = Files.newBufferedReader(folder.resolve(JobFile.records(pair)))) {
        for (var card = next(lines); card != null; card = next(lines)) {
          cards++;
          follow(chain, card, cards);
          digest.update((card.serial() + "\n").getBytes(StandardCharsets.US_ASCII));
        }
      }
      if (pages(folder.resolve(JobFile.cards(pair))) != cards) {
        throw damaged(JobFile.cards(pair) + " does not have one page for each of its records");
      }
    }
    if (names.size() % 2 != 0
        || chain.records() != manifest.cards()
        || !chain.last().equals(manifest.chain())
        || !Sha256.hex(digest).equals(manifest.serialsDigest())) {
      throw damaged("the print job's records are not those its manifest counts");
    }
  }

  private void follow(RecordChain chain, CardRecord card, int page) throws PrintJobException {
    var link = chain.add(card.serial(), card.pictures());
    if (card.number() != chain.records()
        || card.page() != page
        || !card.chain().equals(link)
        || !serials.add(card.serial())) {
      throw damaged("the print job's records break off at record " + chain.records());
    }
  }

  private static @Nullable CardRecord next(BufferedReader lines) throws IOException {
    var line = lines.readLine();
    return line == null ? null : CardRecord.parse(line.getBytes(StandardCharsets.UTF_8));
  }

  private static int pages(Path pdf) throws IOException {
    try (var document = Loader.loadPDF(pdf.toFile(), IOUtils.createMemoryOnlyStreamCache())) {
      return document.getNumberOfPages();
    } catch (IOException e) {
      throw new PrintJobException(
          Reason.DAMAGED, pdf.getFileName() + " of the print job is no PDF", e);
    }
  }

  private static PrintJobException damaged(String message) {
    return new PrintJobException(Reason.DAMAGED, message);
  }
}
