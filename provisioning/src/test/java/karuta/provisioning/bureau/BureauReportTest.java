package karuta.provisioning.bureau;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.time.Instant;
import java.time.InstantSource;
import karuta.catalogue.Catalogue;
import karuta.digest.Sha256;
import karuta.document.DocumentException;
import karuta.provisioning.print.BureauKey;
import karuta.provisioning.print.EncryptedPrintJobs;
import karuta.provisioning.print.PrintJobException;
import karuta.provisioning.print.PrintJobReader;
import karuta.provisioning.print.PrintParts;
import karuta.provisioning.print.PrintParts.PlainSigner;
import karuta.provisioning.print.PrintReport;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class BureauReportTest {
  private static final BureauKey BUREAU = PrintParts.bureau(PrintParts.ec("secp384r1"));

  @TempDir private Path folder;

  private final StringWriter screen = new StringWriter();
  private final StringWriter errors = new StringWriter();

  @BeforeEach
  void openAJob() throws Exception {
    var signer = PlainSigner.make();
    var job = folder.resolve("job");
    try (var jobs = new EncryptedPrintJobs(Catalogue.v1(), new SecureRandom(), 2)) {
      PrintParts.write(jobs, job, PrintParts.order(3, signer, BUREAU));
    }
    new PrintJobReader(BUREAU, signer.certificate(), PrintParts.MADE, () -> false)
        .open(job, folder.resolve("cards"));
    Files.writeString(folder.resolve("password"), "secret");
    var store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry(
        "bureau", BUREAU.key(), "secret".toCharArray(), new Certificate[] {BUREAU.certificate()});
    try (var out = Files.newOutputStream(folder.resolve("bureau.p12"))) {
      store.store(out, "secret".toCharArray());
    }
  }

  private int report(String spoiled) throws IOException {
    return report(spoiled, PrintParts.MADE);
  }

  private int report(String spoiled, Instant now) throws IOException {
    Files.writeString(folder.resolve("spoiled"), spoiled);
    return new CommandLine(new BureauReport(InstantSource.fixed(now), () -> false))
        .setOut(new PrintWriter(screen))
        .setErr(new PrintWriter(errors))
        .execute(
            "--opened=" + folder.resolve("cards"),
            "--spoiled=" + folder.resolve("spoiled"),
            "--key=" + folder.resolve("bureau.p12"),
            "--password-file=" + folder.resolve("password"),
            "--out=" + folder.resolve("report"));
  }

  private PrintReport read(BureauKey bureau) throws IOException {
    try (var in = Files.newInputStream(folder.resolve("report"))) {
      return PrintReport.read(in, bureau.certificate());
    }
  }

  /// The issuer would not take it: a report is signed while the certificate lasts.
  @Test
  void nothingIsReportedWithAnEndedCertificate() throws IOException {
    assertThat(report("", PrintParts.MADE.plusSeconds(86_400L * 3651))).isOne();
    assertThat(errors.toString()).contains("bureau.p12 (CN=Bureau) ended at");
    assertThat(folder.resolve("report")).doesNotExist();
  }

  @Test
  void everyCardIsPrintedOrSpoiled() throws IOException {
    assertThat(report(PrintParts.serial(2).grouped() + "\n")).as(errors.toString()).isZero();
    assertThat(screen.toString()).contains("2 printed, 1 spoiled");
    var report = read(BUREAU);
    assertThat(report.printed()).containsExactly(PrintParts.serial(1), PrintParts.serial(3));
    assertThat(report.spoiled()).containsExactly(PrintParts.serial(2));
    assertThat(report.batch().value()).isEqualTo("test");
    assertThat(report.manifestDigest())
        .isEqualTo(Sha256.hex(Files.readAllBytes(folder.resolve("cards/manifest.json"))));
  }

  @Test
  void aReportByAnotherKeyOrChangedIsRefused() throws IOException {
    report("");
    var other = PrintParts.bureau(PrintParts.ec("secp384r1"));
    assertThatThrownBy(() -> read(other)).isInstanceOf(DocumentException.class);
    var file = folder.resolve("report");
    var text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    Files.write(
        file,
        text.replaceFirst("\"printed\"", "\"spoiled\"").getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> read(BUREAU)).isInstanceOf(DocumentException.class);
  }

  @Test
  void aCertificateThatMayNotSignIsRefusedOnBothSides() throws IOException {
    report("");
    var pair = PrintParts.ec("secp256r1");
    var encryptsOnly = PrintParts.certificate("Bureau", pair, KeyUsage.keyAgreement);
    assertThatThrownBy(() -> read(new BureauKey(pair.getPrivate(), encryptsOnly)))
        .isInstanceOf(DocumentException.class)
        .hasMessageContaining("does not allow digitalSignature");
    assertThatThrownBy(() -> BureauReport.signer(new BureauKey(pair.getPrivate(), encryptsOnly)))
        .isInstanceOf(PrintJobException.class)
        .hasMessageContaining("does not allow digitalSignature");
    var both =
        PrintParts.certificate("Bureau", pair, KeyUsage.keyAgreement | KeyUsage.digitalSignature);
    assertThat(BureauReport.signer(new BureauKey(pair.getPrivate(), both)).certificate())
        .isEqualTo(both);
  }

  @Test
  void aCardOfAnotherJobCannotBeSpoiled() throws IOException {
    assertThat(report(PrintParts.serial(9) + "\n")).isEqualTo(2);
    assertThat(errors.toString()).contains("is not in this job");
    assertThat(folder.resolve("report")).doesNotExist();
  }

  @Test
  void aNumberWithAMistakeIsFound() throws IOException {
    assertThat(report("40000079198\n")).isEqualTo(2);
    assertThat(errors.toString()).contains("check digit");
  }

  @Test
  void aFolderThatWasChangedIsNotReportedOn() throws IOException {
    Files.delete(folder.resolve("cards").resolve("cards-00002.pdf"));
    assertThat(report("")).isEqualTo(5);
  }
}
