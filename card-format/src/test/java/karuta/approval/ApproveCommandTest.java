package karuta.approval;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import karuta.command.CommandLines;
import org.bouncycastle.openssl.jcajce.JcaMiscPEMGenerator;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8EncryptorBuilder;
import org.bouncycastle.operator.OutputEncryptor;
import org.bouncycastle.util.io.pem.PemObjectGenerator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The command without a terminal.
class ApproveCommandTest {
  private static final TestOfficer ONE = TestOfficer.named("officer-1");
  private static final TestOfficer TWO = TestOfficer.named("officer-2");
  private static final Officers OFFICERS =
      new Officers("officers", 2, List.of(ONE.signer().certificate(), TWO.signer().certificate()));

  private static final ApprovalRequest REQUEST = request("2126-01-01T00:00:00Z");

  @TempDir private Path directory;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Command(name = "karuta", subcommands = ApproveCommand.class)
  private static final class Program {}

  private static ApprovalRequest request(String expires) {
    return new ApprovalRequest(
        "guard a", 1, Instant.parse(expires), "理由", List.of(), List.of("lift trip 2"));
  }

  @BeforeEach
  void files() throws Exception {
    Files.write(directory.resolve("request"), REQUEST.toBytes());
    pem("one.pem", new JcaMiscPEMGenerator(ONE.signer().certificate()));
    pem("key.pem", new JcaPKCS8Generator(ONE.keys().getPrivate(), null));
  }

  private void pem(String name, PemObjectGenerator object) throws IOException {
    var file = directory.resolve(name);
    try (var writer = new JcaPEMWriter(Files.newBufferedWriter(file))) {
      writer.writeObject(object);
    }
    mode(file, "rw-------");
  }

  private static void mode(Path file, String mode) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
  }

  private int approve(String digest, String... more) {
    var words =
        new ArrayList<>(
            List.of(
                "approve",
                "--request=" + directory.resolve("request"),
                "--certificate=" + directory.resolve("one.pem"),
                "--key=" + directory.resolve("key.pem"),
                "--out=" + directory.resolve("approval")));
    if (!digest.isEmpty()) {
      words.add("--digest=" + digest);
    }
    words.addAll(List.of(more));
    return commandLine().execute(words.toArray(String[]::new));
  }

  private CommandLine commandLine() {
    return CommandLines.of(new Program())
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true));
  }

  private Officers.Count count() throws IOException {
    return OFFICERS.count(
        REQUEST,
        List.of(Approval.in(directory.resolve("approval"))),
        REQUEST.expires().minusMillis(1));
  }

  @Test
  void whatIsShownIsWhatIsSigned() throws Exception {
    assertThat(approve(REQUEST.digest().english())).as(err.toString()).isZero();

    assertThat(count().approved()).containsOnlyKeys(ONE.signer().certificate());
    assertThat(out.toString())
        .startsWith(new String(REQUEST.toBytes(), java.nio.charset.StandardCharsets.UTF_8))
        .endsWith("approved by CN=officer-1: " + directory.resolve("approval") + "\n");
  }

  @Test
  void theWordsAreNotShownBeforeTheyWereTyped() {
    assertThat(approve("cat, dog")).isEqualTo(1);

    assertThat(out.toString())
        .contains("lift trip 2")
        .doesNotContain(REQUEST.digest().english(), REQUEST.digest().groups());
    assertThat(err.toString()).contains("another request's; sign nothing");
    assertThat(directory.resolve("approval")).doesNotExist();
  }

  @Test
  void withoutATerminalNothingIsAssumed() {
    assertThat(approve("")).isEqualTo(1);
    assertThat(err.toString()).contains("no terminal");
    assertThat(directory.resolve("approval")).doesNotExist();
  }

  @Test
  void aKeyMayHaveAPassword() throws Exception {
    locked("correct horse");
    var password = Files.writeString(directory.resolve("password"), "correct horse\n");
    mode(password, "rw-------");

    assertThat(approve(REQUEST.digest().hex(), "--password-file=" + password))
        .as(err.toString())
        .isZero();

    assertThat(count().approved()).hasSize(1);
  }

  @Test
  void aWrongPasswordSignsNothingAndIsNotRepeated() throws Exception {
    locked("correct horse");
    var password = Files.writeString(directory.resolve("password"), "battery staple\n");
    mode(password, "rw-------");

    assertThat(approve(REQUEST.digest().hex(), "--password-file=" + password)).isEqualTo(2);

    assertThat(err.toString()).contains("does not open").doesNotContain("battery");
    assertThat(directory.resolve("approval")).doesNotExist();
  }

  private void locked(String password) throws Exception {
    OutputEncryptor encryptor =
        new JceOpenSSLPKCS8EncryptorBuilder(JcaPKCS8Generator.AES_256_CBC)
            .setRandom(new SecureRandom())
            .setPassword(password.toCharArray())
            .setProvider(new org.bouncycastle.jce.provider.BouncyCastleProvider())
            .build();
    pem("key.pem", new JcaPKCS8Generator(ONE.keys().getPrivate(), encryptor));
  }

  @Test
  void aKeyThatOthersCanReadIsNotUsed() throws Exception {
    mode(directory.resolve("key.pem"), "rw-r-----");
    assertRefused(2, "chmod 600");
  }

  @Test
  void theKeyIsTheCertificates() throws Exception {
    pem("key.pem", new JcaPKCS8Generator(TWO.keys().getPrivate(), null));
    assertRefused(2, "the key is not that of the certificate");
  }

  @Test
  void aCertificateThatHasEndedApprovesNothing() throws Exception {
    var former = TestOfficer.named("former", ONE.keys(), TestOfficer.FROM.plusSeconds(1));
    pem("one.pem", new JcaMiscPEMGenerator(former.signer().certificate()));
    assertRefused(1, "one.pem (CN=former) ended at 2020-01-01T00:00:01Z; get a new one");
  }

  @Test
  void aCertificateThatEndsSoonApprovesAndSaysSo() throws Exception {
    var soon = TestOfficer.named("soon", ONE.keys(), Instant.now().plus(Duration.ofDays(29)));
    pem("one.pem", new JcaMiscPEMGenerator(soon.signer().certificate()));
    assertThat(approve(REQUEST.digest().english())).as(err.toString()).isZero();
    assertThat(err.toString())
        .contains(
            "karuta: the certificate", "one.pem (CN=soon) ends at 20", "get a new one in time")
        .hasLineCount(1);
  }

  @Test
  void aRequestThatIsOverIsNotApproved() throws Exception {
    Files.write(directory.resolve("request"), request("2020-01-01T00:00:00Z").toBytes());
    assertRefused(1, "before 2020-01-01T00:00:00Z");
  }

  @Test
  void aDamagedRequestIsNotApproved() throws Exception {
    Files.writeString(directory.resolve("request"), "karuta request v1\n");
    assertRefused(5, "request");
  }

  @Test
  void noFileIsOverwritten() throws Exception {
    Files.writeString(directory.resolve("approval"), "mine");
    assertThat(approve(REQUEST.digest().english())).isEqualTo(2);
    assertThat(directory.resolve("approval")).hasContent("mine");
  }

  @Test
  void aFileThatIsNotThereIsNamed() throws Exception {
    Files.delete(directory.resolve("request"));
    assertRefused(2, directory.resolve("request").toString());
  }

  private void assertRefused(int code, String why) {
    assertThat(approve(REQUEST.digest().english())).isEqualTo(code);
    assertThat(err.toString()).contains(why).hasLineCount(1);
    assertThat(directory.resolve("approval")).doesNotExist();
  }

  @Test
  void helpSaysWhatToGive() {
    assertThat(commandLine().execute("approve", "--help")).isZero();
    assertThat(out.toString()).contains("karuta approve --request");
  }
}
