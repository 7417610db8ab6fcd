package karuta.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import javax.security.auth.x500.X500Principal;
import karuta.command.CommandFailed;
import karuta.command.ExitCode;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A certificate of the year 2026, to the second.
class CertificateDatesTest {
  private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant END = Instant.parse("2026-12-31T00:00:00Z");
  private static final Duration MONTH = Duration.ofDays(30);

  private static X509Certificate certificate;

  @BeforeAll
  static void make() throws Exception {
    var keys = KeyPairGenerator.getInstance("EC").generateKeyPair();
    var name = new X500Principal("CN=somebody");
    certificate =
        new JcaX509CertificateConverter()
            .getCertificate(
                new JcaX509v3CertificateBuilder(
                        name,
                        BigInteger.ONE,
                        Date.from(BEGIN),
                        Date.from(END),
                        name,
                        keys.getPublic())
                    .build(
                        new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2025-12-31T23:59:59Z | is valid only from 2026-01-01T00:00:00Z on; look at the clock of this machine",
        "2026-01-01T00:00:00Z | ''",
        "2026-12-01T00:00:00Z | ''",
        "2026-12-01T00:00:01Z | ends at 2026-12-31T00:00:00Z; get a new one in time",
        "2026-12-31T00:00:00Z | ends at 2026-12-31T00:00:00Z; get a new one in time",
        "2026-12-31T00:00:01Z | ended at 2026-12-31T00:00:00Z; get a new one, and compare its fingerprint"
      })
  void atOneMoment(Instant now, String said) {
    var remark = CertificateDates.at(now).remark(certificate, "a.pem");
    assertThat(remark.orElse(""))
        .isEqualTo(said.isEmpty() ? "" : "the certificate a.pem (CN=somebody) " + said);
  }

  @Test
  void whatIsNeededUntilADayLastsUntilIt() {
    var early = new CertificateDates(BEGIN, END.plusSeconds(1), "the last day");
    assertThatThrownBy(() -> early.check(certificate, "a.pem"))
        .isInstanceOf(CommandFailed.class)
        .hasMessage(
            "the certificate a.pem (CN=somebody) ends at 2026-12-31T00:00:00Z, before the last day,"
                + " 2026-12-31T00:00:01Z; get a new one, and compare its fingerprint")
        .extracting("exitCode")
        .isEqualTo(ExitCode.REFUSED);
    assertThat(new CertificateDates(BEGIN, END, "the last day").check(certificate, "a.pem"))
        .hasValueSatisfying(warning -> assertThat(warning).endsWith("get a new one in time"));
    assertThat(
            new CertificateDates(BEGIN, END.minus(MONTH), "the last day")
                .check(certificate, "a.pem"))
        .isEmpty();
  }

  @Test
  void whatWasSignedInTimeStaysSigned() {
    assertThat(CertificateDates.notInForce(certificate, "a.pem", "the file", END)).isEmpty();
    assertThat(CertificateDates.notInForce(certificate, "a.pem", "the file", END.plusSeconds(1)))
        .hasValue(
            "the certificate a.pem (CN=somebody) was not in force when the file was made, at"
                + " 2026-12-31T00:00:01Z: only from 2026-01-01T00:00:00Z to 2026-12-31T00:00:00Z");
    assertThat(CertificateDates.notInForce(certificate, "a.pem", "the file", BEGIN.minusSeconds(1)))
        .isPresent();
  }
}
