package karuta.provisioning.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.regex.Pattern;
import karuta.demo.process.Ended;
import karuta.provisioning.document.PinnedCertificate;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// From a batch signed in the issuer token to the bureau and back: what was printed is known before anything is mailed.
@ExtendWith(Room.Key.class)
class ReportTest {
  private static boolean made;

  /// Two batches that the bureau has opened, each with its own reports.
  @BeforeEach
  void printTwoBatches(Room room) throws Exception {
    if (made) {
      return;
    }
    made = true;
    room.layoutKey("r1");
    room.layoutKey("r2");
    room.done(Room.issue("r1", "told", "--first"));
    room.done(Room.issue("r2", "told", "--previous", "told/r1/batch.json"));
    for (var batch : List.of("r1", "r2")) {
      room.done(
          bureau(
              "open",
              "--job",
              "told/" + batch + "/" + batch + ".printjob",
              "--signer",
              "issuer/issuer-1.pem",
              "--out",
              "opened-" + batch));
    }
    Files.writeString(room.path("r1.spoiled"), serials(room, "r1").get(1) + "\n");
    room.done(
        bureau("report", "--opened", "opened-r1", "--spoiled", "r1.spoiled", "--out", "r1.report"));
    room.done(bureau("report", "--opened", "opened-r2", "--out", "r2.report"));
  }

  @Test
  void everyCardIsAccountedForAndTheSpoiledOnesAreListed(Room room) throws Exception {
    var report = report(room, "r1.report", "told/r1", "--out", "r1.csv");
    assertThat(report.exitCode()).as(report.err()).isZero();
    assertThat(report.out()).contains("printed   2", "spoiled   1");
    assertThat(room.path("r1.csv"))
        .hasContent("subject,generation,serial\nS-2,1," + serials(room, "r1").get(1));
    assertThat(report(room, "r1.report", "told/r1", "--out", "r1.csv").err())
        .contains("never overwritten");
  }

  @Test
  void nothingSpoiledIsSaidToo(Room room) throws Exception {
    assertThat(report(room, "r2.report", "told/r2").out()).contains("printed   3", "spoiled   0");
  }

  @Test
  void aReportOnAnotherBatchIsRefused(Room room) throws Exception {
    var report = report(room, "r2.report", "told/r1");
    assertThat(report.exitCode()).isEqualTo(5);
    assertThat(report.err()).contains("the report is about batch r2, not r1");
  }

  /// What was signed in time stays signed, and what was not never was.
  @Test
  void aReportSignedWhileTheBureausCertificateWasNotInForceIsRefused(Room room) throws Exception {
    var bureau = PinnedCertificate.read(room.path("pki/bureau.pem"));
    PinnedCertificate.write(room.path("ended-bureau.pem"), withoutToday(bureau));
    var report =
        room.run(
            ("batch report --issuer-certificate issuer/issuer-1.pem --bureau-certificate"
                    + " ended-bureau.pem --report r1.report told/r1")
                .split(" "));
    assertThat(report.exitCode()).as(report.err()).isOne();
    assertThat(report.err())
        .containsPattern(
            "the certificate ended-bureau.pem .* was not in force when the report was");
  }

  /// The same issuer, number and key, with dates in the past: nobody looks at who has signed a pinned certificate.
  private static X509Certificate withoutToday(X509Certificate like) throws Exception {
    var keys = KeyPairGenerator.getInstance("EC").generateKeyPair();
    var builder =
        new X509v3CertificateBuilder(
            X500Name.getInstance(like.getIssuerX500Principal().getEncoded()),
            like.getSerialNumber(),
            Date.from(Instant.EPOCH),
            Date.from(Instant.now().minus(Duration.ofDays(1))),
            X500Name.getInstance(like.getSubjectX500Principal().getEncoded()),
            SubjectPublicKeyInfo.getInstance(like.getPublicKey().getEncoded()));
    return new JcaX509CertificateConverter()
        .getCertificate(
            builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
  }

  @Test
  void aReportByAnybodyElseIsRefused(Room room) throws Exception {
    var stranger =
        room.run(
            "batch",
            "report",
            "--issuer-certificate",
            "issuer/issuer-1.pem",
            "--bureau-certificate",
            "verifier/receipt-1.pem",
            "--report",
            "r1.report",
            "told/r1");
    assertThat(stranger.exitCode()).isEqualTo(5);
    assertThat(stranger.err()).contains("r1.report: the signature is not by the key of");
  }

  @Test
  void aPrintJobSignedByAnotherKeyIsNotOpened(Room room) throws Exception {
    var opened =
        room.run(
            bureau(
                "open",
                "--job",
                "told/r1/r1.printjob",
                "--signer",
                "verifier/receipt-1.pem",
                "--out",
                "opened-by-nobody"));
    assertThat(opened.exitCode()).isEqualTo(5);
    assertThat(room.path("opened-by-nobody")).doesNotExist();
  }

  @Test
  void aLayoutKeyWaitsForTheReportOrAReason(Room room) throws Exception {
    room.layoutKey("r3");
    var without = destroy(room, "r3");
    assertThat(without.exitCode()).as(without.err()).isEqualTo(2);
    assertThat(without.err())
        .contains("give one of these: --without-report=REASON | [--report=FILE --made=DIR ")
        .doesNotContain("(specify", "rror:");
    var part = destroy(room, "r3", "--report", "r2.report", "--made", "told/r2");
    assertThat(part.exitCode()).as(part.err()).isEqualTo(2);
    assertThat(part.err())
        .contains("these are missing: --issuer-certificate=FILE, --bureau-certificate=FILE")
        .doesNotContain("rror:");
    var blank = destroy(room, "r3", "--without-report", " ");
    assertThat(blank.exitCode()).isEqualTo(2);
    assertThat(blank.err()).contains("say why there is no report");
    var another = destroy(room, "r3", grounds("told/r2", "r2.report"));
    assertThat(another.exitCode()).as(another.err()).isEqualTo(2);
    assertThat(another.err()).contains("the report is about batch r2, not r3");
    var told = destroy(room, "r3", "--without-report", "the bureau has burnt down");
    assertThat(told.exitCode()).as(told.err()).isZero();
    assertThat(told.err()).contains("without the bureau's report: the bureau has burnt down");
  }

  @Test
  void whatTheReportSaysIsSeenBeforeTheKeyIsDestroyed(Room room) throws Exception {
    var forged = Files.readAllBytes(room.path("r2.report"));
    forged[200] ^= 1; // in the content; the certificate further behind is not trusted anyway
    Files.write(room.path("forged.report"), forged);
    assertThat(destroy(room, "r2", grounds("told/r2", "forged.report")).exitCode()).isEqualTo(5);
    var destroyed = destroy(room, "r2", grounds("told/r2", "r2.report"));
    assertThat(destroyed.exitCode()).as(destroyed.err()).isZero();
    assertThat(destroyed.err())
        .containsPattern("the bureau reported on 20[0-9T:Z-]+: 3 printed, 0 spoiled");
    assertThat(destroyed.out()).contains("destroyed layout-r2");
  }

  private static Ended destroy(Room room, String batch, String... grounds) {
    return room.run(
        Room.with(
            Room.with(
                new String[] {
                  "layout-key", "destroy", "--token", Room.ISSUER, "--batch", batch, "--confirm"
                },
                "destroy layout-" + batch),
            grounds));
  }

  private static String[] grounds(String made, String report) {
    return new String[] {
      "--made",
      made,
      "--report",
      report,
      "--issuer-certificate",
      "issuer/issuer-1.pem",
      "--bureau-certificate",
      "pki/bureau.pem"
    };
  }

  private static Ended report(Room room, String report, String batch, String... more)
      throws Exception {
    return room.run(
        Room.with(
            new String[] {
              "batch",
              "report",
              "--issuer-certificate",
              "issuer/issuer-1.pem",
              "--bureau-certificate",
              "pki/bureau.pem",
              "--report",
              report,
              batch
            },
            more));
  }

  private static String[] bureau(String what, String... more) {
    return Room.with(
        new String[] {
          "bureau", what, "--key", "pki/bureau.p12", "--password-file", "pki/bureau.password"
        },
        more);
  }

  private static List<String> serials(Room room, String batch) throws Exception {
    return Pattern.compile("\"serial\":\"([0-9]{11})\"")
        .matcher(Files.readString(room.path("opened-" + batch + "/records-00001.jsonl")))
        .results()
        .map(match -> match.group(1))
        .toList();
  }
}
