package karuta.provisioning.bureau;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import karuta.catalogue.Catalogue;
import karuta.provisioning.print.BureauKey;
import karuta.provisioning.print.EncryptedPrintJobs;
import karuta.provisioning.print.PrintParts;
import karuta.provisioning.print.PrintParts.PlainSigner;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// The bureau's tool as the bureau uses it: options, messages, exit codes.
class BureauCommandTest {
  private static final String PASSWORD = "correct horse battery staple";
  private static final PlainSigner SIGNER = PlainSigner.make();
  private static final BureauKey BUREAU = PrintParts.bureau(PrintParts.ec("secp256r1"));

  private static byte[] good;

  @TempDir private Path folder;

  private final StringWriter screen = new StringWriter();
  private final StringWriter errors = new StringWriter();

  @BeforeAll
  static void write(@TempDir Path place) throws IOException {
    var job = place.resolve("job");
    try (var jobs = new EncryptedPrintJobs(Catalogue.v1(), new SecureRandom(), 2)) {
      PrintParts.write(jobs, job, PrintParts.order(3, SIGNER, BUREAU));
    }
    good = Files.readAllBytes(job);
  }

  @BeforeEach
  void receive() throws Exception {
    Files.write(folder.resolve("job"), good);
    Files.writeString(folder.resolve("password"), PASSWORD + "\n");
    Files.write(folder.resolve("signer.der"), SIGNER.certificate().getEncoded());
    store("bureau.p12", BUREAU);
  }

  private void store(String name, BureauKey key) throws Exception {
    var store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    var chain = new Certificate[] {key.certificate()};
    store.setKeyEntry("bureau", key.key(), PASSWORD.toCharArray(), chain);
    try (var out = Files.newOutputStream(folder.resolve(name))) {
      store.store(out, PASSWORD.toCharArray());
    }
  }

  private int open(String key, String signer, Instant now) {
    return open(key, signer, now, () -> false);
  }

  private int open(BooleanSupplier stopped) {
    return open("bureau.p12", "signer.der", PrintParts.MADE, stopped);
  }

  private int open(String key, String signer, Instant now, BooleanSupplier stopped) {
    return new CommandLine(new BureauOpen(InstantSource.fixed(now), stopped))
        .setOut(new PrintWriter(screen))
        .setErr(new PrintWriter(errors))
        .execute(
            "--job=" + folder.resolve("job"),
            "--key=" + folder.resolve(key),
            "--password-file=" + folder.resolve("password"),
            "--signer=" + folder.resolve(signer),
            "--out=" + folder.resolve("out"));
  }

  private int open() {
    return open("bureau.p12", "signer.der", PrintParts.MADE.plusSeconds(60));
  }

  private void assertRefused(int expected, int exitCode, String message) {
    assertThat(errors.toString()).contains(message).doesNotContain(PASSWORD);
    assertThat(exitCode).isEqualTo(expected);
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void aGoodJobIsOpenedAndDescribed() {
    assertThat(open()).as(errors.toString()).isZero();
    assertThat(folder.resolve("out")).isDirectoryContaining("glob:**cards-00002.pdf");
    assertThat(screen.toString())
        .contains(
            "batch test", "3, each to be printed once", "CN=Issuer", "until 2026-03-31", "destroy")
        .doesNotContain(PASSWORD);
  }

  @Test
  void aDamagedJobEndsWithFive() throws IOException {
    good[good.length / 2] ^= 1;
    Files.write(folder.resolve("job"), good);
    good[good.length / 2] ^= 1;
    assertRefused(5, open(), "damaged");
  }

  @Test
  void somethingElseThanAJobEndsWithFive() throws IOException {
    Files.writeString(
        folder.resolve("job"), "Dear bureau, please find enclosed", StandardCharsets.UTF_8);
    assertRefused(5, open(), "no print job");
  }

  @Test
  void anotherBureausKeyEndsWithFive() throws Exception {
    var pair = PrintParts.ec("secp256r1");
    store("other.p12", new BureauKey(pair.getPrivate(), PrintParts.certificate("Other", pair, 0)));
    assertRefused(5, open("other.p12", "signer.der", PrintParts.MADE), "another certificate");
  }

  @Test
  void anotherSignerEndsWithFive() throws Exception {
    Files.write(folder.resolve("other.der"), PlainSigner.make().certificate().getEncoded());
    assertRefused(5, open("bureau.p12", "other.der", PrintParts.MADE), "not signed by");
  }

  @Test
  void anOldJobEndsWithOne() {
    var late = PrintParts.MADE.plusSeconds(86_400L * 31);
    assertRefused(1, open("bureau.p12", "signer.der", late), "ask for a new one");
  }

  @Test
  void anEndedCertificateEndsWithOne() {
    var ended = PrintParts.MADE.plusSeconds(86_400L * 3651);
    assertRefused(1, open("bureau.p12", "signer.der", ended), "signer.der (CN=Issuer) ended at");
  }

  @Test
  void aWrongPasswordEndsWithTwo() throws IOException {
    Files.writeString(folder.resolve("password"), "wrong");
    assertRefused(2, open(), "password");
  }

  @Test
  void missingFilesAndOptionsEndWithTwo() {
    assertRefused(
        2, open("nowhere.p12", "signer.der", PrintParts.MADE), "nowhere.p12 does not exist");
    var command =
        BureauCommand.commandLine(InstantSource.system(), () -> false)
            .setErr(new PrintWriter(errors));
    assertThat(command.execute("open", "--job=x")).isEqualTo(2);
    assertThat(command.execute()).isEqualTo(2);
    assertThat(errors.toString()).contains("--key", "--signer", "--out", "karuta bureau open");
  }

  @Test
  void aSignerThatIsNoCertificateEndsWithTwo() {
    assertRefused(
        2, open("bureau.p12", "password", PrintParts.MADE), "password: not a certificate");
  }

  /// Ctrl-C at every place where it is looked for: decrypting, checking, unpacking, comparing.
  @Test
  void anInterruptLeavesNothingAndEndsWithFour() throws IOException {
    var asked = new AtomicInteger();
    var places = 0;
    for (var code = 4; code == 4; places++) {
      var last = places;
      asked.set(0);
      errors.getBuffer().setLength(0);
      code = open(() -> asked.getAndIncrement() == last);
      if (code == 4) {
        assertThat(errors.toString()).contains("nothing was kept, run the same command again");
        assertThat(folder).isDirectoryNotContaining("glob:**/{out,.karuta-open-*}");
      }
    }
    assertThat(places).isGreaterThan(5);
    assertThat(folder.resolve("out"))
        .as(errors.toString())
        .isDirectoryContaining("glob:**cards-00002.pdf");
  }

  @Test
  void whatAKilledRunLeftIsNamed() throws IOException {
    var left = Files.createDirectory(folder.resolve(".karuta-open-123"));
    assertThat(open()).isZero();
    assertThat(errors.toString()).contains(left + " was left by a run that was killed");
  }

  @Test
  void aFolderThatExistsIsLeftAlone() throws IOException {
    Files.createDirectory(folder.resolve("out"));
    assertThat(open()).isEqualTo(2);
    assertThat(errors.toString()).contains("exists");
    assertThat(folder.resolve("out")).isEmptyDirectory();
  }
}
