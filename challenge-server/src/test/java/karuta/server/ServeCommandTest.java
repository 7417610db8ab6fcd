package karuta.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import karuta.card.EpochId;
import karuta.server.api.TestPki;
import karuta.server.testing.ChildJvm;
import karuta.server.testing.Installation;
import karuta.server.testing.TestIssuer;
import karuta.token.testing.Bench;
import karuta.token.testing.SoftHsm;
import karuta.token.testing.TokenPair;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `karuta serve` as it is started in earnest: a process, a configuration file, a SoftHSM token.
///
/// The starts that are refused are made before the tests, in one process.
class ServeCommandTest {
  private static final EpochId EPOCH = new EpochId("e1");
  private static final Pattern SERVING =
      Pattern.compile("serving https://127.0.0.1:([0-9]+), management http://127.0.0.1:([0-9]+)");

  private static final String BOTH_KEYS =
      """
      key = "receipt-2"
      honoured = ["receipt-1"]
      """;
  private static final String NONSENSE = "this is no database\n".repeat(500);

  @TempDir private static Path directory;
  private static SoftHsm softHsm;
  private static TokenPair tokens;
  private static String checkValue;
  private static final Map<Case, Refused> REFUSED = new EnumMap<>(Case.class);

  /// What may be wrong, and how the installation is made wrong.
  private enum Case {
    TOKEN_ABSENT {
      @Override
      void make(Installation installation) throws Exception {
        installation.change("label = \"karuta verifier\"", "label = \"karuta absent\"");
      }
    },
    KEY_CAN_SIGN {
      @Override
      void make(Installation installation) throws Exception {
        var issuer = tokens.issuer().token().name();
        installation.change("karuta verifier", issuer.label());
        installation.change(serial(), issuer.serial());
        installation.epoch("e1", issuer.serial(), checkValue);
      }
    },
    KEY_UNEXPECTED {
      @Override
      void make(Installation installation) throws Exception {
        installation.change(BOTH_KEYS, "");
      }
    },
    CHECK_VALUE_OF_ANOTHER_KEY {
      @Override
      void make(Installation installation) throws Exception {
        installation.epoch("e1", serial(), "ab".repeat(32));
      }
    },
    RECORD_OF_ANOTHER_TOKEN {
      @Override
      void make(Installation installation) throws Exception {
        installation.epoch("e1", "fedcba9876543210", "ab".repeat(32));
      }
    },
    DATABASE_DAMAGED {
      @Override
      void make(Installation installation) throws Exception {
        Files.writeString(installation.database(), NONSENSE);
      }
    };

    abstract void make(Installation installation) throws Exception;

    Path directory() {
      return directory.resolve(name());
    }
  }

  /// @param told all that was written to the standard error
  private record Refused(int exitCode, String told) {
    /// What the command says, without the log.
    String message(int expected) {
      assertThat(exitCode).as(told).isEqualTo(expected);
      assertThat(told).doesNotContain(Bench.USER_PIN, "\tat ");
      var lines = told.lines().filter(line -> line.startsWith("karuta: ")).toList();
      assertThat(lines).as(told).hasSize(1);
      return lines.getFirst();
    }
  }

  private static String serial() {
    return tokens.verifier().token().name().serial();
  }

  @BeforeAll
  static void prepare() throws Exception {
    softHsm = SoftHsm.start();
    tokens = TokenPair.on(softHsm);
    checkValue = HexFormat.of().formatHex(tokens.agree(EPOCH));
    tokens.verifier().receipts().make(1);
    tokens.verifier().receipts().make(2);
    tokens.verifier().seals().make(1);
    var configurations = new ArrayList<String>();
    for (var wrong : Case.values()) {
      var installation = installation(wrong.directory());
      wrong.make(installation);
      configurations.add(installation.config().toString());
    }
    try (var command = start(RefusedStarts.class, configurations)) {
      assertThat(command.ended()).as(command::said).isZero();
      var all = command.said();
      for (var wrong : Case.values()) {
        var end = all.indexOf(RefusedStarts.ENDED);
        assertThat(end).as("%s came to its end: %s", wrong, all).isNotNegative();
        var line = all.substring(end).lines().findFirst().orElseThrow();
        var exitCode = Integer.parseInt(line.substring(RefusedStarts.ENDED.length()));
        REFUSED.put(wrong, new Refused(exitCode, all.substring(0, end)));
        all = all.substring(end + line.length());
      }
    }
  }

  private static Installation installation(Path place) throws Exception {
    var issuer = new TestIssuer().trust().issuer();
    var made =
        Installation.make(
            Files.createDirectory(place), "karuta verifier", serial(), checkValue, issuer);
    made.pin(Bench.USER_PIN);
    made.change("[receipts]\n", "[receipts]\n" + BOTH_KEYS);
    return made;
  }

  private static ChildJvm start(Class<?> program, List<String> arguments) throws IOException {
    var store = softHsm.tokens().resolveSibling("softhsm2.conf");
    return ChildJvm.start(
        directory,
        Map.of("SOFTHSM2_CONF", store.toString()),
        program,
        arguments.toArray(String[]::new));
  }

  private static ChildJvm serve(Installation installation) throws IOException {
    return start(Main.class, List.of("serve", "--config", installation.config().toString()));
  }

  @AfterAll
  static void close() {
    tokens.close();
    REFUSED.clear();
  }

  private static String refused(Case wrong, int exitCode) {
    return Objects.requireNonNull(REFUSED.get(wrong)).message(exitCode);
  }

  @Test
  void itServesAndEndsInOrder() throws Exception {
    var place = directory.resolve("serves");
    var installation = installation(place);
    try (var server = serve(installation);
        var anybody = HttpClient.newHttpClient();
        var front =
            HttpClient.newBuilder()
                .sslContext(TestPki.existing(place).context("front-end"))
                .build()) {
      var ports = SERVING.matcher(server.line());
      assertThat(ports.matches()).as(server::said).isTrue();
      var ready = get(anybody, "http://127.0.0.1:" + ports.group(2) + "/health/ready");
      assertThat(ready.statusCode()).isEqualTo(200);
      assertThat(ready.body()).contains("\"token\":\"up\"", "\"store\":\"up\"");
      var api = "https://localhost:" + ports.group(1);
      assertThat(get(front, api + "/.well-known/jwks.json").body()).contains("\"kid\"");
      assertThat(get(front, api + "/v1/subjects/nobody").statusCode()).isEqualTo(404);
      server.end();
      assertThat(server.ended()).as(server::said).isZero();
    }
  }

  @Test
  void certificatesAndClientsAreReadAgainAtSighup() throws Exception {
    var place = directory.resolve("read-again");
    var installation = installation(place);
    try (var server = serve(installation);
        var front =
            HttpClient.newBuilder()
                .sslContext(TestPki.existing(place).context("front-end"))
                .build()) {
      var ports = SERVING.matcher(server.line());
      assertThat(ports.matches()).as(server::said).isTrue();
      var page = "https://localhost:" + ports.group(1) + "/.well-known/jwks.json";
      assertThat(get(front, page).statusCode()).isEqualTo(200);

      installation.change("name = \"front-end\"", "name = \"successor\"");
      server.hangUp();
      awaitLine(server, "certificates and clients are read again", 1);
      assertThat(get(front, page).statusCode()).isEqualTo(401);

      installation.change("name = \"successor\"", "nome = \"front-end\"");
      server.hangUp();
      awaitLine(server, "nothing is changed: ", 1);
      assertThat(server.said()).contains("client[1].nome");
      assertThat(get(front, page).statusCode()).isEqualTo(401);

      installation.change("nome = \"front-end\"", "name = \"front-end\"");
      server.hangUp();
      awaitLine(server, "certificates and clients are read again", 2);
      assertThat(get(front, page).statusCode()).isEqualTo(200);
    }
  }

  private static void awaitLine(ChildJvm server, String text, int times) throws Exception {
    while (server.said().split(text, -1).length <= times) {
      Thread.sleep(20);
    }
  }

  @Test
  void aWrongPinIsATokenFaultAndTheExitCodeOfTheProcessSaysSo() throws Exception {
    var installation = installation(directory.resolve("wrong-pin"));
    installation.pin("000000");
    try (var command = serve(installation)) {
      var refused = new Refused(command.ended(), command.said());
      assertThat(refused.message(3)).contains("refused the PIN").contains("CKR_PIN_INCORRECT");
    }
  }

  @Test
  void aTokenThatIsNotThereIsATokenFaultAndNamed() {
    assertThat(refused(Case.TOKEN_ABSENT, 3)).contains("karuta absent");
  }

  @Test
  void aBookKeyThatCanSignIsRefusedByItsAttribute() {
    assertThat(refused(Case.KEY_CAN_SIGN, 1)).contains("book-e1").contains("CKA_SIGN");
  }

  @Test
  void aKeyNobodyExpectsIsRefusedByItsName() {
    assertThat(refused(Case.KEY_UNEXPECTED, 1)).contains("receipt-2");
  }

  @Test
  void aCheckValueOfAnotherKeyIsATokenFault() {
    assertThat(refused(Case.CHECK_VALUE_OF_ANOTHER_KEY, 3)).contains("epoch e1");
  }

  @Test
  void aRecordOfAnotherTokenNamesBothFields() {
    assertThat(refused(Case.RECORD_OF_ANOTHER_TOKEN, 2))
        .contains("epoch.token")
        .contains("token.serial");
  }

  @Test
  void aDamagedDatabaseIsRefusedAndLeftAsItIs() throws Exception {
    assertThat(refused(Case.DATABASE_DAMAGED, 2))
        .contains("the store cannot be used")
        .contains("not a database");

    assertThat(Case.DATABASE_DAMAGED.directory().resolve("karuta.db")).hasContent(NONSENSE);
  }

  private static HttpResponse<String> get(HttpClient client, String address) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create(address)).build(), HttpResponse.BodyHandlers.ofString());
  }
}
