package karuta.provisioning.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import karuta.demo.process.Ended;
import karuta.provisioning.document.PinnedCertificate;
import karuta.softhsm.DevelopmentAuthority;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// A certificate whose owner let it end is of no use to anybody, and one that ends while cards are printed is found out
/// before they are.
@ExtendWith(Room.Key.class)
class CertificateDatesTest {
  private static final Duration TO_COME = Duration.ofDays(1);

  /// Each takes `%s`, an ended certificate.
  private static final List<String> COMMANDS =
      List.of(
          "agree request --token issuer/token.toml --epoch 2029a --signing-key issuer-1 --dir"
              + " agreement --rehearsal --development --wait 0 --verifier-certificate %s",
          "agree respond --token verifier/token.toml --epoch 2029a --signing-key receipt-1"
              + " --dir agreement --rehearsal --development --issuer-certificate %s",
          "agree complete --token verifier/token.toml --epoch 2026a --dir agreement --record"
              + " dated.toml --issuer-certificate %s --verifier-certificate verifier/receipt-1.pem",
          "agree complete --token verifier/token.toml --epoch 2026a --dir agreement --record"
              + " dated.toml --issuer-certificate issuer/issuer-1.pem --verifier-certificate %s",
          "batch check --issuer-certificate %s nowhere.bundle",
          "batch report --issuer-certificate %s --bureau-certificate pki/bureau.pem --report"
              + " nowhere dated",
          "bureau open --job nowhere --key pki/bureau.p12 --password-file pki/bureau.password --out"
              + " dated --signer %s");

  @Test
  void anEndedCertificateIsRefusedByEveryCommand(Room room) throws Exception {
    certificate(room, "ended.pem", Duration.ofDays(-1));
    for (var command : COMMANDS) {
      var run = room.run(command.formatted("ended.pem").split(" "));
      assertThat(run.err())
          .as(command)
          .contains("the certificate ended.pem")
          .contains("ended at 20");
      assertThat(run.exitCode()).as(command).isOne();
    }
  }

  @Test
  void aBureausCertificateLastsAsLongAsThePrintJob(Room room) throws Exception {
    room.layoutKey("dated");
    assertThat(issue(room, Duration.ofDays(-1)).err()).contains("ended at 20");
    var early = issue(room, Duration.ofDays(29));
    assertThat(early.exitCode()).as(early.err()).isOne();
    assertThat(early.err()).contains("before the print job's last day");
    var soon = issue(room, Duration.ofDays(45));
    assertThat(soon.exitCode()).as(soon.err()).isZero();
    assertThat(soon.err())
        .containsPattern("the certificate dated-45.pem .* ends at 20.*; get a new one in time");
    var good = issue(room, Duration.ofDays(90));
    assertThat(good.exitCode()).as(good.err()).isZero();
    assertThat(good.err()).doesNotContain("in time");
  }

  @Test
  void aCertificateOfTheFutureIsRefused(Room room) throws Exception {
    var authority =
        new DevelopmentAuthority(
            InstantSource.fixed(Instant.now().plus(TO_COME)), new SecureRandom(), TO_COME);
    Files.deleteIfExists(room.path("future.pem"));
    PinnedCertificate.write(room.path("future.pem"), authority.bureau("bureau").certificate());
    var run = room.run("batch", "check", "--issuer-certificate", "future.pem", "nowhere.bundle");
    assertThat(run.exitCode()).as(run.err()).isOne();
    assertThat(run.err()).contains("is valid only from 20", "the clock of this machine");
  }

  private static Ended issue(Room room, Duration left) throws Exception {
    var name = "dated-" + left.toDays() + ".pem";
    certificate(room, name, left);
    return room.run(
        ("batch issue --token issuer/token.toml --signing-key issuer-1 --batch dated --first"
                + " --subjects orders.csv --agreement agreement/2026a.confirmation --out dated"
                + " --dry-run --bureau-certificate "
                + name)
            .split(" "));
  }

  /// A bureau's certificate that has been valid for ten days.
  private static void certificate(Room room, String file, Duration left) throws Exception {
    var age = Duration.ofDays(10);
    var authority =
        new DevelopmentAuthority(
            InstantSource.fixed(Instant.now().minus(age)), new SecureRandom(), age.plus(left));
    Files.deleteIfExists(room.path(file));
    PinnedCertificate.write(room.path(file), authority.bureau("bureau").certificate());
  }
}
