package karuta.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import karuta.card.EpochId;
import karuta.server.api.ApiServer;
import karuta.server.api.Role;
import karuta.server.api.TestPki;
import karuta.server.challenge.Policy;
import karuta.settings.SettingsInvalid;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The example is valid and says the defaults; whatever is wrong is named by field; no value is repeated.
class ServerConfigTest {
  @TempDir private Path directory;
  private String example;

  /// Makes the files the example names.
  @BeforeEach
  void prepare() throws Exception {
    try (var in = ServerConfigTest.class.getResourceAsStream("/karuta/server/example.toml")) {
      example = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    var pki =
        new TestPki(directory.resolve("pki"), "Test CA")
            .issue("server", "CN=localhost")
            .issue("other", "CN=other");
    Files.copy(pki.file("ca.pem"), directory.resolve("issuer.pem"));
    var whole = Files.readString(pki.file("server.pem"));
    Files.writeString(pki.file("half.pem"), whole + whole.substring(0, whole.length() / 2));
    Files.writeString(pki.file("unchained.pem"), whole + whole);
    Files.writeString(
        directory.resolve("epoch-e1.toml"),
        """
        [epoch]
        name = "e1"
        key = "book-e1"
        use = "development"
        kdf = "CKD_NULL"
        issuer-kdf = "CKD_NULL 0x00000001"
        verifier-kdf = "CKD_NULL 0x00000001"
        check-value = "%s"
        token = "0123456789abcdef"
        issuer-token = "fedcba9876543210"
        """
            .formatted("ab".repeat(32)));
    secret("pin", "1234");
    Files.writeString(
        directory.resolve("unmarked.toml"),
        Files.readString(directory.resolve("epoch-e1.toml")).replace("development", "production"));
    Files.writeString(
        directory.resolve("epoch-e2.toml"),
        Files.readString(directory.resolve("epoch-e1.toml"))
            .replace("0123456789abcdef", "0123456789abcdee"));
    secret("db-password", "correct horse");
    // whatever the umask of whoever runs this
    for (var open : List.of(pki.file("ca.pem"), directory.resolve("issuer.pem"))) {
      Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r--r--"));
    }
    protect(pki.file("server-key.pem"));
    protect(pki.file("other-key.pem"));
  }

  private void secret(String name, String content) throws IOException {
    Files.writeString(directory.resolve(name), content);
    protect(directory.resolve(name));
  }

  private static void protect(Path file) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  private ServerConfig read(String text) throws IOException {
    return ServerConfigReader.read(Files.writeString(directory.resolve("server.toml"), text));
  }

  private List<String> problems(String text) {
    var invalid = catchThrowableOfType(SettingsInvalid.class, () -> read(text));
    assertThat(invalid).as("the configuration is refused").isNotNull();
    return invalid.problems();
  }

  @Test
  void theExampleIsValid() throws IOException {
    var config = read(example);
    assertThat(config.api().port()).isEqualTo(8443);
    assertThat(config.api().tls()).isPresent();
    assertThat(config.management().port()).isEqualTo(9443);
    assertThat(config.epochs())
        .isEqualTo(
            new ServerConfig.Epochs(
                "0123456789abcdef", Map.of(new EpochId("e1"), "ab".repeat(32))));
    assertThat(config.store().url()).isEqualTo("jdbc:sqlite:" + directory.resolve("karuta.db"));
    assertThat(config.policy()).isEqualTo(Policy.standard());
    assertThat(config.clients()).hasSize(2);
    assertThat(config.clients().get(1).role()).isEqualTo(Role.BACK_OFFICE);
    assertThat(config.development().reflection()).isFalse();
    assertThat(config.development().plaintextClient()).isEmpty();
  }

  @Test
  void whatTheExampleSaysIsTheDefault() throws IOException {
    var required =
        """
        [server]
        port = 8443
        certificate = "pki/server.pem"
        private-key = "pki/server-key.pem"
        client-ca = "pki/ca.pem"
        event-loops = 2
        [guard]
        socket = "run/guard.sock"
        [[epoch]]
        record = "epoch-e1.toml"
        [receipts]
        audience = "core-banking.bank.example"
        [bundles]
        issuer-certificate = "issuer.pem"
        [[client]]
        name = "front-end"
        key-sha256 = ["6c3dfb2f3f4a1e0c9d5e7a9b8c6d4e2f10325476a8b9cadbecfd0e1f2a3b4c5d"]
        role = "front-end"
        [[client]]
        name = "back-office"
        key-sha256 = ["0f1e2d3c4b5a69788796a5b4c3d2e1f00112233445566778899aabbccddeeff0"]
        role = "back-office"
        """;
    // a store's password has no equality, so the stores are compared by their texts
    assertThat(read(required).toString()).isEqualTo(read(example).toString());
  }

  @ParameterizedTest(name = "{0}, {1} connections: {2}, {3}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
                                        | 300   | 300  | 364
                                        | 5     | 64   | 69
                                        | 90000 | 1024 | 1024
          handshakes = 50               | 300   | 50   | 50
          handshakes-per-address = 2000 | 300   | 2000 | 2000
          handshakes-per-address = 7    | 300   | 7    | 364
          """)
  void handshakesUnderWayAreLimitedByWhatClientsMayOpenAtOnce(
      @Nullable String given, int connections, int ofOneAddress, int inAll) throws IOException {
    var config =
        read(
            example
                .replaceFirst("handshakes-per-address = .*", "")
                .replaceFirst("\nhandshakes = .*", "\n" + (given == null ? "" : given))
                .replaceFirst("max-connections = 64", "max-connections = " + connections));
    assertThat(config.api().handshakes()).isEqualTo(new ApiServer.Handshakes(ofOneAddress, inAll));
  }

  /// Else answers that wait for a token which hangs would hold every connection, and nobody could suspend a card.
  @Test
  void everyThreadOfEveryLaneHasAConnection() throws IOException {
    var config = read(example.replace("connections = 8 ", "connections = 20 "));
    assertThat(config.guard().connections()).isEqualTo(20);
    assertThat(config.store().connections()).isEqualTo(20 + config.lanes().storeThreads() + 2);
  }

  @Test
  void aPostgresqlStoreIsReadByItsUrl() throws IOException {
    var config =
        read(
            example
                .replace("file = \"karuta.db\"", "")
                .replace("# url =", "url =")
                .replace("# user =", "user =")
                .replace("# require-standby", "require-standby")
                .replace("# password-file", "password-file"));
    assertThat(config.store().url()).startsWith("jdbc:postgresql://db.bank.example");
    assertThat(config.store().user()).isEqualTo("karuta_server");
    assertThat(config.store().requireStandby()).isTrue();
    assertThat(config.toString()).doesNotContain("correct horse");
  }

  @ParameterizedTest(name = "{0} -> {1}: {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      textBlock =
          """
          port = 8443                          -> port = 70000                    | server.port             | must be from 0 to 65535
          port = 8443                          -> prot = 8443                     | server.prot             | unknown
          certificate = "pki/server.pem"       -> certificate = "pki/absent.pem"  | server.certificate      | no such file
          certificate = "pki/server.pem"       -> certificate = "pin"             | server.certificate      | no X.509 certificate
          certificate = "pki/server.pem"       -> certificate = "pki/half.pem"    | server.certificate      | damaged
          certificate = "pki/server.pem"       -> certificate = "pki/unchained.pem" | server.certificate    | certificate 2 is not of the issuer
          client-ca = "pki/ca.pem"             -> client-ca = "pki/half.pem"      | server.client-ca        | damaged
          certificate = "pki/server.pem"       -> certificate = "pki/other.pem"   | server.private-key      | is not the key
          private-key = "pki/server-key.pem"   -> private-key = "pin"             | server.private-key      | no private key
          private-key = "pki/server-key.pem"   -> private-key = "pki/ca.pem"      | server.private-key      | chmod 600
          max-body-bytes = 65536               -> max-body-bytes = 1              | server.max-body-bytes   | must be from 1024
          deadline-seconds = 10                -> deadline-seconds = "long"       | server.deadline-seconds | must be an integer
          handshakes = 128                     -> handshakes = 63                 | server.handshakes-per-address | above handshakes
          handshakes = 128                     -> handshakes = 0                  | server.handshakes       | must be from 1
          record = "epoch-e1.toml"             -> record = "issuer.pem"           | epoch[1].record         | damaged epoch record
          record = "epoch-e1.toml"             -> record = "unmarked.toml"        | epoch[1].record         | for agreements marked development only
          record = "epoch-e1.toml"             -> record = "epoch-e1.toml"~[[epoch]]~record = "epoch-e2.toml" | epoch[2].record | another token
          [[epoch]]                            -> [epoch]                         | epoch                   | must be
          key-sha256 = ["0f1e                  -> key-sha256 = ["0F1E             | client[2].key-sha256    | 64 lower-case
          key-sha256 = ["0f1e2d3c4b5a69788796a5b4c3d2e1f00112233445566778899aabbccddeeff0"] -> # | client[2].key-sha256 | dedicated-client-ca
          key-sha256 = ["0f1e2d3c4b5a69788796a5b4c3d2e1f00112233445566778899aabbccddeeff0"] -> key-sha256 = [] | client[2].key-sha256 | dedicated-client-ca
          role = "back-office"                 -> role = "boss"                   | client[2].role          | front-end or back-office
          name = "back-office"                 -> name = "front-end"              | client[2].name          | twice
          name = "back-office"                 -> name = "karuta"                 | client[2].name          | the server itself
          wrong-answers = 5                    -> wrong-answers = 0               | policy.wrong-answers    | must be from 1 to 100
          subjects-a-day = 500                 -> subjects-a-day = 1              | policy.watch.subjects-a-day | must be from 2
          step-up-at = 10                      -> step-up-at = 101                | policy.step-up-at       | must be from 1 to 100
          step-up-at = 10                      -> step-up-at = 31                 | policy.step-up-at       | must not be above wrong-answers-in-life
          wrong-answers-in-life = 30           -> wrong-answers-in-life = 9       | policy.step-up-at       | must not be above wrong-answers-in-life
          file = "karuta.db"                   -> file = "absent/karuta.db"       | store.file              | directory is not there
          # user =                             -> user =                          | store.user              | url
          # require-standby = true             -> require-standby = true          | store.require-standby   | url
          # plaintext-client = "front-end"     -> plaintext-client = "front-end"  | server.certificate      | plain text
          # plaintext-client = "front-end"     -> plaintext-client = "nobody"     | development.plaintext-client | [[client]]
          audience = "core-banking.bank.example" -> audience = ""                 | receipts.audience       | empty
          audience = "core-banking.bank.example" -> audience = "勘定系"           | receipts.audience       | printable ASCII
          """)
  void whatIsWrongIsNamedByItsField(String change, String field, String text) {
    var sides = change.split("->", -1);
    assertThat(example).contains(sides[0].strip());
    var wrong = example.replace(sides[0].strip(), sides[1].strip().replace("~", "\n"));
    assertThat(problems(wrong))
        .anySatisfy(
            problem -> assertThat(problem).contains("server.toml").contains(field).contains(text));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          //db.bank.example/karuta                                       | sslmode=verify-full
          //db.bank.example/karuta?sslmode=require                       | sslmode=verify-full
          //db.bank.example/karuta?sslmode=verify-ca                     | sslmode=verify-full
          //localhost,db.bank.example/karuta                             | sslmode=verify-full
          //127.0.0.1.bank.example/karuta                                | sslmode=verify-full
          //db/karuta?sslmode=verify-full&sslfactory=any.NonValidating   | no others
          //db/karuta?sslmode=verify-full&socketTimeout=0                | no others
          //db/karuta?sslmode=verify-full&options=-c%20fsync=off         | no others
          //db/karuta?sslmode=verify-full&service=other                  | no others
          //db/karuta?sslmode=verify-full&sslmode=disable                | twice
          //db@127.0.0.1/karuta                                          | host:port/database
          ///karuta                                                      | host:port/database
          //db/karuta?sslmode=verify-full&password=s3cret                | password-file
          """)
  void aDatabaseBeyondThisMachineIsReachedByVerifiedTlsAlone(String url, String text) {
    assertThat(problems(withUrl(url)))
        .singleElement()
        .asString()
        .contains("store.url", text)
        .doesNotContain("s3cret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "//localhost/karuta",
        "//127.0.0.1:5432/karuta?currentSchema=karuta",
        "//[::1]:5432/karuta",
        "//db1.bank.example,db2.bank.example/karuta?sslmode=verify-full&targetServerType=primary"
      })
  void aDatabaseOnThisMachineNeedsNoTls(String url) throws IOException {
    assertThat(read(withUrl(url)).store().url()).endsWith(url);
  }

  private String withUrl(String url) {
    return example
        .replace("file = \"karuta.db\"", "url = \"jdbc:postgresql:%s\"".formatted(url))
        .replace("# user =", "user =")
        .replace("# password-file", "password-file");
  }

  @Test
  void plainTextIsForLoopbackAlone() {
    var plain =
        example
            .replace("# plaintext-client", "plaintext-client")
            .replaceAll("(certificate|private-key|client-ca) = \"pki.*", "");
    assertThatThrownBy(() -> read(plain.replaceFirst("host = \"127.0.0.1\"", "host = \"0.0.0.0\"")))
        .isInstanceOf(SettingsInvalid.class)
        .hasMessageContaining("server.host")
        .hasMessageContaining("localhost");
  }

  @Test
  void plainTextOnLoopbackHasOneClient() throws IOException {
    var plain =
        example
            .replace("# plaintext-client", "plaintext-client")
            .replaceAll("(certificate|private-key|client-ca) = \"pki.*", "");
    var config = read(plain);
    assertThat(config.api().tls()).isEmpty();
    assertThat(config.development().plaintextClient().orElseThrow().name()).isEqualTo("front-end");
  }

  @Test
  void allProblemsAreNamedAtOnceAndNoValueIsRepeated() {
    var problems =
        problems(
            """
            [server]
            port = "s3cret"
            certificate = "s3cret"
            secret = "s3cret"
            [store]
            url = "jdbc:postgresql://db/karuta?password=s3cret"
            """);
    assertThat(problems).hasSizeGreaterThan(10);
    var pathless = String.join("\n", problems).replace(directory.resolve("s3cret").toString(), "");
    assertThat(pathless).doesNotContain("s3cret");
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    assertThatThrownBy(() -> ServerConfigReader.read(directory.resolve("absent.toml")))
        .isInstanceOf(SettingsInvalid.class)
        .hasMessageContaining("absent.toml");
  }
}
