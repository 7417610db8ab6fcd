package karuta.softhsm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DevPkiTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final List<String> FILES =
      List.of(
          "back-office-key.pem",
          "back-office.pem",
          "bureau.p12",
          "bureau.password",
          "bureau.pem",
          "ca.pem",
          "front-end-key.pem",
          "front-end.pem",
          "server-key.pem",
          "server.pem",
          "valid-until");

  @TempDir private Path dir;
  private Path pki = Path.of("");

  @BeforeEach
  void make() throws IOException {
    pki = dir.resolve("pki");
    DevPki.create(pki, InstantSource.fixed(NOW), new SecureRandom());
  }

  @Test
  void theDirectoryHoldsWhatIsPromisedAllOfItPrivate() throws IOException {
    try (var files = Files.list(pki)) {
      assertThat(files.map(f -> f.getFileName().toString()).sorted()).isEqualTo(FILES);
    }
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(pki)))
        .isEqualTo("rwx------");
    for (var file : FILES) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(pki.resolve(file))))
          .as(file)
          .isEqualTo("rw-------");
    }
  }

  @Test
  void theServerCertificateIsForThisMachineOnly() throws Exception {
    var server = certificate("server");
    assertThat(server.getSubjectAlternativeNames())
        .extracting(name -> (Object) name.get(1))
        .containsExactlyInAnyOrder("localhost", "127.0.0.1", "0:0:0:0:0:0:0:1");
    assertThat(server.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
    assertThat(server.getKeyUsage()).startsWith(true, false, false, false, false, false);
  }

  @ParameterizedTest
  @ValueSource(strings = {"front-end", "back-office"})
  void aClientIsNamedByItsRoleAndCannotBeAServer(String role) throws Exception {
    var client = certificate(role);
    assertThat(client.getSubjectX500Principal().getName()).startsWith("CN=" + role + ",");
    assertThat(client.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"server", "front-end", "back-office", "bureau"})
  void everythingIsIssuedByTheAuthorityAndCannotIssue(String name) throws Exception {
    var issued = certificate(name);
    issued.verify(certificate("ca").getPublicKey());
    assertThat(issued.getBasicConstraints()).isEqualTo(-1);
    assertThat(certificate("ca").getBasicConstraints()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"server", "front-end", "back-office"})
  void theKeyBesideACertificateIsItsKey(String name) throws Exception {
    var der =
        Base64.getMimeDecoder()
            .decode(
                Files.readString(pki.resolve(name + "-key.pem")).replaceAll("-----.*-----", ""));
    var key = KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(der));
    assertThat(isPair(key, certificate(name).getPublicKey())).isTrue();
  }

  @Test
  void theBureauOpensItsKeyWithThePasswordInTheFile() throws Exception {
    var password = Files.readString(pki.resolve("bureau.password")).toCharArray();
    var store = KeyStore.getInstance(pki.resolve("bureau.p12").toFile(), password);
    var alias = store.aliases().nextElement();
    var key = (PrivateKey) Objects.requireNonNull(store.getKey(alias, password));
    assertThat(isPair(key, certificate("bureau").getPublicKey())).isTrue();
    assertThat(certificate("bureau").getKeyUsage())
        .as("digitalSignature for reports, keyAgreement for print jobs")
        .startsWith(true, false, false, false, true, false);
  }

  @Test
  void theBureauKeyDoesNotOpenWithAnotherPassword() {
    assertThatThrownBy(
            () -> KeyStore.getInstance(pki.resolve("bureau.p12").toFile(), "other".toCharArray()))
        .isInstanceOf(IOException.class);
  }

  @Test
  void theLifetimeIsShortAndWrittenDown() throws Exception {
    var until = NOW.plus(Duration.ofDays(90));
    for (var name : List.of("ca", "server", "front-end", "back-office", "bureau")) {
      assertThat(certificate(name).getNotAfter().toInstant()).as(name).isEqualTo(until);
      certificate(name).checkValidity(java.util.Date.from(NOW.minusSeconds(60)));
    }
    assertThat(Files.readString(pki.resolve("valid-until"))).isEqualTo(until + "\n");
  }

  @Test
  void aWholeDirectoryIsNeverOverwritten() throws IOException {
    var before = Files.readString(pki.resolve("server-key.pem"));
    assertThatThrownBy(() -> DevPki.create(pki, InstantSource.fixed(NOW), new SecureRandom()))
        .isInstanceOf(SetupRefused.class)
        .hasMessageContaining("already holds a development PKI, valid until 2026-05-30");
    assertThat(Files.readString(pki.resolve("server-key.pem"))).isEqualTo(before);
  }

  @Test
  void aHalfMadeDirectoryIsRefused() throws IOException {
    Files.delete(pki.resolve("valid-until"));
    assertThatThrownBy(() -> DevPki.create(pki, InstantSource.fixed(NOW), new SecureRandom()))
        .isInstanceOf(SetupRefused.class)
        .hasMessageContaining("not an empty directory");
  }

  @Test
  void twoAuthoritiesDoNotTrustEachOther() throws Exception {
    var other =
        new DevelopmentAuthority(InstantSource.fixed(NOW), new SecureRandom(), DevPki.LIFETIME);
    assertThatThrownBy(() -> certificate("server").verify(other.certificate().getPublicKey()))
        .isInstanceOf(java.security.SignatureException.class);
  }

  private X509Certificate certificate(String name) throws Exception {
    try (var in = Files.newInputStream(pki.resolve(name + ".pem"))) {
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
    }
  }

  private static boolean isPair(PrivateKey key, PublicKey publicKey) throws Exception {
    var signer = Signature.getInstance("SHA256withECDSA");
    signer.initSign(key);
    signer.update(new byte[] {1, 2, 3});
    var signature = signer.sign();
    signer.initVerify(publicKey);
    signer.update(new byte[] {1, 2, 3});
    return signer.verify(signature);
  }
}
