package karuta.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import karuta.card.EpochId;
import karuta.server.api.TestPki;
import karuta.server.testing.Installation;
import karuta.server.testing.TestIssuer;
import karuta.token.testing.Bench;
import karuta.token.testing.SoftHsm;
import karuta.token.testing.TokenPair;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `karuta serve` as it is started in earnest: a process, a configuration file, a SoftHSM token.
class ServeCommandTest {
  private static final EpochId EPOCH = new EpochId("e1");
  private static final Pattern SERVING =
      Pattern.compile("serving https://127.0.0.1:([0-9]+), management http://127.0.0.1:([0-9]+)");

  @TempDir private Path directory;
  private SoftHsm softHsm;
  private TokenPair tokens;
  private Installation installation;
  private String checkValue;

  @BeforeEach
  void prepare() throws Exception {
    softHsm = SoftHsm.start();
    tokens = TokenPair.on(softHsm);
    checkValue = HexFormat.of().formatHex(tokens.agree(EPOCH));
    tokens.verifier().signing().make(1);
    var name = tokens.verifier().token().name();
    installation =
        Installation.make(
            directory, name.label(), name.serial(), checkValue, new TestIssuer().trust().issuer());
    installation.pin(Bench.USER_PIN);
  }

  @AfterEach
  void close() {
    tokens.close();
  }

  private Process serve() throws Exception {
    var builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "serve",
                "--config",
                installation.config().toString())
            .redirectError(stderr().toFile());
    builder
        .environment()
        .put("SOFTHSM2_CONF", softHsm.tokens().resolveSibling("softhsm2.conf").toString());
    return builder.start();
  }

  private Path stderr() {
    return directory.resolve("stderr");
  }

  /// Runs to the end, which must be a refusal.
  ///
  /// @return what the command says, without the log
  private String refused(int exitCode) throws Exception {
    var process = serve();
    try {
      assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
      var told = Files.readString(stderr());
      assertThat(process.exitValue()).as(told).isEqualTo(exitCode);
      assertThat(told).doesNotContain(Bench.USER_PIN, "\tat ");
      var lines = told.lines().filter(line -> line.startsWith("karuta: ")).toList();
      assertThat(lines).as(told).hasSize(1);
      return lines.getFirst();
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void itServesAndEndsInOrder() throws Exception {
    var process = serve();
    try (var out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      var ports = SERVING.matcher(String.valueOf(out.readLine()));
      assertThat(ports.matches()).as(Files.readString(stderr())).isTrue();
      var ready =
          get(HttpClient.newHttpClient(), "http://127.0.0.1:" + ports.group(2) + "/health/ready");
      assertThat(ready.statusCode()).isEqualTo(200);
      assertThat(ready.body()).contains("\"token\":\"up\"", "\"store\":\"up\"");
      var front =
          HttpClient.newBuilder()
              .sslContext(TestPki.existing(directory).context("front-end"))
              .build();
      var api = "https://localhost:" + ports.group(1);
      assertThat(get(front, api + "/.well-known/jwks.json").body()).contains("\"kid\"");
      assertThat(get(front, api + "/v1/subjects/nobody").statusCode()).isEqualTo(404);
      process.destroy();
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isZero();
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void aWrongPinIsATokenFault() throws Exception {
    installation.pin("000000");

    assertThat(refused(3)).contains("refused the PIN").contains("CKR_PIN_INCORRECT");
  }

  @Test
  void aTokenThatIsNotThereIsATokenFaultAndNamed() throws Exception {
    installation.change("label = \"karuta verifier\"", "label = \"karuta absent\"");

    assertThat(refused(3)).contains("karuta absent");
  }

  @Test
  void aBookKeyThatCanSignIsRefusedByItsAttribute() throws Exception {
    var issuer = tokens.issuer().token().name();
    installation.change("karuta verifier", issuer.label());
    installation.change(tokens.verifier().token().name().serial(), issuer.serial());
    installation.epoch("e1", issuer.serial(), checkValue);

    assertThat(refused(1)).contains("book-e1").contains("CKA_SIGN");
  }

  @Test
  void aKeyNobodyExpectsIsRefusedByItsName() throws Exception {
    tokens.verifier().signing().make(2);

    assertThat(refused(1)).contains("receipt-2");
  }

  @Test
  void aCheckValueOfAnotherKeyIsATokenFault() throws Exception {
    installation.epoch("e1", tokens.verifier().token().name().serial(), "ab".repeat(32));

    assertThat(refused(3)).contains("epoch e1");
  }

  @Test
  void aRecordOfAnotherTokenNamesBothFields() throws Exception {
    installation.epoch("e1", "fedcba9876543210", "ab".repeat(32));

    assertThat(refused(2)).contains("epoch.token").contains("token.serial");
  }

  @Test
  void aDamagedDatabaseIsRefusedAndLeftAsItIs() throws Exception {
    Files.writeString(installation.database(), "this is no database\n".repeat(500));

    assertThat(refused(2)).contains("the store cannot be used").contains("not a database");

    assertThat(Files.readString(installation.database())).startsWith("this is no database");
  }

  private static HttpResponse<String> get(HttpClient client, String address) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create(address)).build(), HttpResponse.BodyHandlers.ofString());
  }
}
