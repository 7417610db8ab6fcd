package karuta.provisioning.print;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import karuta.catalogue.Catalogue;
import karuta.digest.Sha256;
import karuta.provisioning.print.PrintJobException.Reason;
import karuta.provisioning.print.PrintParts.PlainSigner;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Jobs that are signed and whole, and yet contradict themselves: the issuer's own mistakes.
class JobCheckTest {
  private static final BureauKey BUREAU = PrintParts.bureau(PrintParts.ec("secp256r1"));

  @TempDir private static Path origin;
  @TempDir private Path folder;

  @BeforeAll
  static void makeOne() throws IOException {
    var signer = PlainSigner.make();
    var job = origin.resolve("job");
    try (var jobs = new EncryptedPrintJobs(Catalogue.v1(), new SecureRandom(), 2)) {
      PrintParts.write(jobs, job, PrintParts.order(3, signer, BUREAU));
    }
    new PrintJobReader(BUREAU, signer.certificate(), PrintParts.MADE, () -> false)
        .open(job, origin.resolve("out"));
  }

  @BeforeEach
  void copy() throws IOException {
    try (var files = Files.list(origin.resolve("out"))) {
      for (var file : files.toList()) {
        Files.copy(file, folder.resolve(file.getFileName()));
      }
    }
  }

  private void check() throws IOException {
    new JobCheck(folder, () -> false)
        .check(Certificates.fingerprint(BUREAU.certificate()), PrintParts.MADE);
  }

  private void assertRefused(String message) {
    assertThatThrownBy(this::check)
        .isInstanceOfSatisfying(
            PrintJobException.class, e -> assertThat(e.reason()).isEqualTo(Reason.DAMAGED))
        .hasMessageContaining(message);
  }

  private void manifest(UnaryOperator<JobManifest> change) throws IOException {
    var file = folder.resolve(JobManifest.NAME);
    Files.write(file, change.apply(JobManifest.parse(Files.readAllBytes(file))).toJson());
  }

  /// Makes the manifest agree with the files as they are now.
  private void listFilesAnew() throws IOException {
    var files = new ArrayList<JobFile>();
    for (var file :
        JobManifest.parse(Files.readAllBytes(folder.resolve(JobManifest.NAME))).files()) {
      var bytes = Files.readAllBytes(folder.resolve(file.name()));
      files.add(new JobFile(file.name(), bytes.length, Sha256.hex(bytes)));
    }
    manifest(m -> with(m, m.cards(), files));
  }

  private static JobManifest with(JobManifest m, long cards, List<JobFile> files) {
    return new JobManifest(
        m.job(),
        m.batch(),
        cards,
        m.serialsDigest(),
        m.chain(),
        m.template(),
        m.catalogue(),
        m.fonts(),
        m.bureau(),
        m.createdAt(),
        m.notAfter(),
        m.copies(),
        files);
  }

  private void records(UnaryOperator<List<String>> change) throws IOException {
    var file = folder.resolve(JobFile.records(1));
    Files.write(file, change.apply(new ArrayList<>(Files.readAllLines(file))));
    listFilesAnew();
  }

  @Test
  void aGoodJobPasses() throws IOException {
    listFilesAnew();
    assertThatCode(this::check).doesNotThrowAnyException();
  }

  @Test
  void recordsInAnotherOrderAreFound() throws IOException {
    records(List::reversed);
    assertRefused("break off at record 1");
  }

  @Test
  void aRecordLeftOutIsFound() throws IOException {
    records(lines -> lines.subList(0, 1));
    assertRefused("one page for each");
  }

  @Test
  void aRecordWithAnotherPictureIsFound() throws IOException {
    records(
        lines -> {
          var line = lines.getLast();
          var start = line.indexOf('[') + 1;
          var id = Integer.parseInt(line.substring(start, line.indexOf(',', start)));
          var other = "[" + (id + 1) % 512 + ",";
          lines.set(1, line.replaceFirst("\\[[0-9]+,", other));
          return lines;
        });
    assertRefused("break off at record 2");
  }

  @Test
  void aPageTooManyIsFound() throws IOException {
    Files.copy(
        folder.resolve(JobFile.cards(1)),
        folder.resolve(JobFile.cards(2)),
        StandardCopyOption.REPLACE_EXISTING);
    listFilesAnew();
    assertRefused("cards-00002.pdf does not have one page");
  }

  @Test
  void aFileThatIsNoPdfIsFound() throws IOException {
    Files.writeString(folder.resolve(JobFile.cards(1)), "not a PDF");
    listFilesAnew();
    assertRefused("is no PDF");
  }

  @Test
  void aFileTooManyOrMissingIsFound() throws IOException {
    var more = Files.writeString(folder.resolve("cards-00009.pdf"), "");
    assertRefused("files are not those");
    Files.delete(more);
    Files.delete(folder.resolve(JobFile.cards(2)));
    assertRefused("files are not those");
  }

  @Test
  void aPairLeftOutOfFilesAndManifestIsFound() throws IOException {
    Files.delete(folder.resolve(JobFile.cards(2)));
    Files.delete(folder.resolve(JobFile.records(2)));
    manifest(m -> with(m, m.cards(), m.files().subList(0, 2)));
    assertRefused("not those its manifest counts");
  }

  @Test
  void aChangedFileIsFound() throws IOException {
    Files.writeString(folder.resolve(JobFile.cards(1)), "%", StandardOpenOption.APPEND);
    assertRefused("cards-00001.pdf of the print job is not the one");
  }

  @Test
  void aWrongCountIsFound() throws IOException {
    manifest(m -> with(m, 4, m.files()));
    assertRefused("not those its manifest counts");
  }

  @Test
  void aManifestWithAnUnknownFieldIsRefused() throws IOException {
    var file = folder.resolve(JobManifest.NAME);
    Files.writeString(
        file, Files.readString(file).replace("\"copies\" : 1", "\"copies\" : 1, \"x\" : 1"));
    assertRefused("'x' is unknown");
  }
}
