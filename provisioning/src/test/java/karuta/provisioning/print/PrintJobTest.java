package karuta.provisioning.print;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import karuta.card.Cell;
import karuta.catalogue.Catalogue;
import karuta.provisioning.print.PrintJobException.Reason;
import karuta.provisioning.print.PrintParts.PlainSigner;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A print job from the issuer's host to the bureau's, and what happens to it on the way.
class PrintJobTest {
  private static final Instant NEXT_DAY = PrintParts.MADE.plusSeconds(86_400);
  private static final PlainSigner SIGNER = PlainSigner.make();
  private static final BureauKey BUREAU = PrintParts.bureau(PrintParts.ec("secp384r1"));

  private static EncryptedPrintJobs jobs;
  private static byte[] good;

  @TempDir private Path folder;

  @BeforeAll
  static void write(@TempDir Path place) throws IOException {
    jobs = new EncryptedPrintJobs(Catalogue.v1(), new SecureRandom(), 3);
    PrintParts.write(jobs, place.resolve("job"), PrintParts.order(7, SIGNER, BUREAU));
    good = Files.readAllBytes(place.resolve("job"));
  }

  @AfterAll
  static void close() throws IOException {
    jobs.close();
  }

  static List<KeyPair> bureauKeys() {
    return List.of(PrintParts.ec("secp256r1"), PrintParts.ec("secp384r1"), PrintParts.rsa(3072));
  }

  private Path write(BureauKey bureau) throws IOException {
    var file = folder.resolve("job");
    PrintParts.write(jobs, file, PrintParts.order(2, SIGNER, bureau));
    return file;
  }

  private JobManifest open(byte[] job) throws IOException {
    var file = folder.resolve("received");
    Files.write(file, job);
    return open(file, BUREAU);
  }

  private JobManifest open(Path job, BureauKey key) throws IOException {
    return new PrintJobReader(key, SIGNER.certificate(), NEXT_DAY, () -> false)
        .open(job, folder.resolve("out"));
  }

  private void assertRefused(Reason reason, ThrowingCallable action) throws IOException {
    assertThatThrownBy(action)
        .isInstanceOfSatisfying(
            PrintJobException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    try (var left = Files.list(folder)) {
      assertThat(left.map(path -> String.valueOf(path.getFileName())))
          .allMatch(name -> name.equals("job") || name.equals("received"));
    }
  }

  @ParameterizedTest
  @MethodSource("bureauKeys")
  void aJobOpensWithTheKeyItWasMadeFor(KeyPair pair) throws IOException {
    var bureau = PrintParts.bureau(pair);
    var manifest = open(write(bureau), bureau);
    assertThat(manifest.cards()).isEqualTo(2);
    assertThat(folder.resolve("out").resolve("cards-00001.pdf")).exists();
  }

  @Test
  void recordsPagesAndManifestTellTheSameCards() throws IOException {
    var manifest = open(good);
    assertThat(manifest.batch().value()).isEqualTo("test");
    assertThat(manifest.copies()).isEqualTo(1);
    assertThat(manifest.files()).hasSize(6);
    assertThat(manifest.catalogue().digest()).isEqualTo(Catalogue.v1().digest());
    var number = 0;
    for (var pair = 1; pair <= 3; pair++) {
      var lines = Files.readAllLines(folder.resolve("out").resolve(JobFile.records(pair)));
      var pdf = folder.resolve("out").resolve(JobFile.cards(pair));
      try (var document = Loader.loadPDF(pdf.toFile())) {
        assertThat(document.getNumberOfPages()).isEqualTo(lines.size());
        for (var line : lines) {
          number++;
          var card = CardRecord.parse(line.getBytes(StandardCharsets.UTF_8));
          assertThat(card.serial()).isEqualTo(PrintParts.serial(number));
          try (var layout = PrintParts.layout(number)) {
            for (var index = 0; index < Cell.COUNT; index++) {
              assertThat(card.pictures().get(index)).isEqualTo(layout.at(new Cell(index)));
            }
          }
          var text = new PDFTextStripper();
          text.setStartPage(card.page());
          text.setEndPage(card.page());
          assertThat(text.getText(document)).contains(card.serial().grouped());
        }
      }
    }
    assertThat(number).isEqualTo(7);
  }

  @Test
  void whatIsOpenedIsPrivate() throws IOException {
    open(good);
    var out = folder.resolve("out");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(out)))
        .isEqualTo("rwx------");
    try (var files = Files.list(out)) {
      for (var file : files.toList()) {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
            .isEqualTo("rw-------");
      }
    }
  }

  /// A few bytes of the envelope carry no meaning (upper or lower case in the bureau's name, end marks); a change there
  /// may go unnoticed, for it changes nothing that is printed.
  @Test
  void aChangedByteIsFoundOrChangesNothing() throws IOException {
    open(good);
    var out = folder.resolve("out");
    var kept = Files.move(out, folder.resolve("kept"));
    var positions =
        IntStream.concat(
            IntStream.range(0, 60).map(i -> i * good.length / 60),
            IntStream.rangeClosed(1, 60).flatMap(i -> IntStream.of(good.length - i, 10 * i)));
    var found = 0;
    for (var position : positions.toArray()) {
      var bad = good.clone();
      bad[position] ^= 0x20;
      try {
        open(bad);
        for (var name : List.of("manifest.json", "cards-00003.pdf", "records-00002.jsonl")) {
          assertThat(out.resolve(name)).hasSameBinaryContentAs(kept.resolve(name));
        }
        Files.move(out, folder.resolve("same-" + position));
      } catch (PrintJobException e) {
        found++;
        assertThat(out).doesNotExist();
      }
    }
    assertThat(found).isGreaterThan(150);
    try (var left = Files.list(folder)) {
      assertThat(left.map(path -> String.valueOf(path.getFileName())))
          .noneMatch(name -> name.startsWith(".karuta"));
    }
  }

  @Test
  void aChangedTagAloneIsFound() throws IOException {
    var tag = good.clone();
    var end = good.length - 1;
    while (tag[end] == 0) {
      end--; // the end-of-contents marks behind the tag
    }
    tag[end] ^= 1;
    assertRefused(Reason.DAMAGED, () -> open(tag));
  }

  @Test
  void aJobCutShortIsFound() throws IOException {
    for (var length :
        new int[] {0, 1, 20, 1000, good.length / 2, good.length - 20, good.length - 1}) {
      assertRefused(Reason.DAMAGED, () -> open(Arrays.copyOf(good, length)));
    }
    assertRefused(Reason.DAMAGED, () -> open(Arrays.copyOf(good, good.length + 1)));
  }

  @Test
  void anotherBureauCannotOpenIt() throws IOException {
    var other = PrintParts.ec("secp384r1");
    var job = write(BUREAU);
    assertRefused(
        Reason.NOT_FOR_THIS_KEY,
        () ->
            open(
                job, new BureauKey(other.getPrivate(), PrintParts.certificate("Other", other, 0))));
    // The right name with the wrong key: only the tag can tell.
    assertRefused(
        Reason.DAMAGED, () -> open(job, new BureauKey(other.getPrivate(), BUREAU.certificate())));
  }

  @Test
  void anotherSignerIsRefused() throws IOException {
    var job = folder.resolve("job");
    PrintParts.write(jobs, job, PrintParts.order(1, PlainSigner.make(), BUREAU));
    assertRefused(Reason.WRONG_SIGNER, () -> open(job, BUREAU));
  }

  @Test
  void aJobEncryptedAnewToAnotherBureauIsRefused() throws IOException {
    var received = Files.write(folder.resolve("received"), good);
    var signed = folder.resolve("signed");
    try (var in = Files.newInputStream(received);
        var out = Files.newOutputStream(signed)) {
      Envelope.open(in, BUREAU, out);
    }
    var other = PrintParts.bureau(PrintParts.ec("secp256r1"));
    var job = folder.resolve("job");
    try (var out = Files.newOutputStream(job);
        var envelope = Envelope.seal(out, other.certificate(), new SecureRandom())) {
      Files.copy(signed, envelope);
    }
    Files.delete(signed);
    assertRefused(Reason.NOT_FOR_THIS_KEY, () -> open(job, other));
  }

  @Test
  void anOldJobIsNotPrinted() throws IOException {
    var received = Files.write(folder.resolve("received"), good);
    var late = PrintParts.MADE.plus(EncryptedPrintJobs.VALIDITY).plusSeconds(1);
    assertRefused(
        Reason.EXPIRED,
        () ->
            new PrintJobReader(BUREAU, SIGNER.certificate(), late, () -> false)
                .open(received, folder.resolve("out")));
  }

  @Test
  void nothingIsOverwritten() throws IOException {
    var out = Files.createDirectory(folder.resolve("out"));
    assertThatThrownBy(() -> open(good)).isInstanceOf(FileAlreadyExistsException.class);
    assertThat(out).isEmptyDirectory();
    var job = Files.writeString(folder.resolve("job"), "mine");
    assertThatThrownBy(() -> write(BUREAU)).isInstanceOf(FileAlreadyExistsException.class);
    assertThat(job).hasContent("mine");
  }

  @Test
  void anAbandonedJobLeavesNoFile() throws IOException {
    var file = folder.resolve("job");
    try (var job = jobs.open(file, PrintParts.order(5, SIGNER, BUREAU))) {
      for (var number = 1; number <= 4; number++) {
        job.add(PrintParts.serial(number), PrintParts.layout(number));
      }
      assertThat(file).exists();
      assertThatThrownBy(job::finish).isInstanceOf(IllegalStateException.class);
    }
    assertThat(file).doesNotExist();
  }

  @Test
  void aJobTakesNoMoreCardsThanOrdered() throws IOException {
    try (var job = jobs.open(folder.resolve("job"), PrintParts.order(1, SIGNER, BUREAU))) {
      job.add(PrintParts.serial(1), PrintParts.layout(1));
      assertThatThrownBy(() -> job.add(PrintParts.serial(2), PrintParts.layout(2)))
          .isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void nothingOfTheCardsStandsInTheFile() {
    var text = new String(good, StandardCharsets.ISO_8859_1);
    assertThat(text).doesNotContain("PK\3\4", "records-", "%PDF", "serial", "manifest");
    assertThat(text).doesNotContain(PrintParts.serial(1).digits());
  }

  @Test
  void certificatesThatAreNoUseAreRefusedBeforeAnythingIsWritten() throws IOException {
    var weak = PrintParts.bureau(PrintParts.rsa(2048));
    assertRefused(Reason.UNUSABLE_KEY, () -> write(weak));
    var pair = PrintParts.ec("secp256r1");
    var signing =
        new BureauKey(
            pair.getPrivate(), PrintParts.certificate("Bureau", pair, KeyUsage.digitalSignature));
    assertRefused(Reason.UNUSABLE_KEY, () -> write(signing));
    assertThat(folder).isEmptyDirectory();
  }
}
