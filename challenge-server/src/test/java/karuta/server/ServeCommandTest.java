package karuta.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import karuta.database.testing.TestDatabase;
import karuta.guard.journal.Caps;
import karuta.guard.socket.GuardSocket;
import karuta.guard.testing.FakeJudgeToken;
import karuta.guard.testing.TestGuards;
import karuta.server.api.TestPki;
import karuta.server.testing.Installation;
import karuta.server.testing.TestIssuer;
import karuta.testing.ChildJvm;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `karuta serve` as it is started in earnest: a process, a configuration file, and a guard at the other end of its
/// socket.
class ServeCommandTest {
  private static final Pattern SERVING =
      Pattern.compile("serving https://127.0.0.1:([0-9]+), management http://127.0.0.1:([0-9]+)");
  private static final String NONSENSE = "this is no database\n".repeat(500);

  @TempDir private Path directory;
  private final TestGuards guards = new TestGuards(TestDatabase.SQLITE, Caps.standard());

  @AfterEach
  void close() {
    guards.close();
  }

  private Installation installation() throws Exception {
    var issuer = new TestIssuer().trust().issuer();
    return Installation.make(directory, TestIssuer.TOKEN, FakeJudgeToken.CHECK_VALUE, issuer);
  }

  private ChildJvm serve(Installation installation) throws IOException {
    return ChildJvm.start(
        directory, Map.of(), Main.class, "serve", "--config", installation.config().toString());
  }

  private GuardSocket listen(Installation installation) throws IOException {
    return GuardSocket.listen(
        new GuardSocket.Settings(installation.guardSocket(), Set.of(), 16), guards.open("guard-1"));
  }

  @Test
  void itServesAndEndsInOrder() throws Exception {
    var place = directory;
    var installation = installation();
    try (var _ = listen(installation);
        var server = serve(installation);
        var anybody = HttpClient.newHttpClient();
        var front =
            HttpClient.newBuilder()
                .sslContext(TestPki.existing(place).context("front-end"))
                .build()) {
      var ports = SERVING.matcher(server.line());
      assertThat(ports.matches()).as(server::said).isTrue();
      var ready = get(anybody, "http://127.0.0.1:" + ports.group(2) + "/health/ready");
      assertThat(ready.statusCode()).isEqualTo(200);
      assertThat(ready.body()).contains("\"guard\":\"up\"", "\"store\":\"up\"");
      var api = "https://localhost:" + ports.group(1);
      assertThat(get(front, api + "/.well-known/jwks.json").body()).contains("\"kid\"");
      assertThat(get(front, api + "/v1/subjects/nobody").statusCode()).isEqualTo(404);
      server.end();
      assertThat(server.ended()).as(server::said).isZero();
    }
  }

  @Test
  void certificatesAndClientsAreReadAgainAtSighup() throws Exception {
    var place = directory;
    var installation = installation();
    try (var _ = listen(installation);
        var server = serve(installation);
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
      awaitLine(server, "nothing is changed", 1);
      assertThat(server.said())
          .contains("the old certificates and clients go on: ")
          .containsPattern("server.toml:[0-9]+: client\\[1].nome: unknown");
      assertThat(get(front, page).statusCode()).isEqualTo(401);

      installation.change("nome = \"front-end\"", "name = \"front-end\"");
      server.hangUp();
      awaitLine(server, "certificates and clients are read again", 2);
      assertThat(get(front, page).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void certificatesThatEndAreInTheLogAndAnEndedOneIsNotTaken() throws Exception {
    var installation = installation();
    try (var _ = listen(installation);
        var server = serve(installation)) {
      assertThat(SERVING.matcher(server.line()).matches()).as(server::said).isTrue();
      assertThat(server.said())
          .containsPattern(
              "the certificate server.certificate \\(CN=localhost\\) ends at 20.*; get a new one in time")
          .containsPattern("the certificate server.client-ca \\(CN=Test CA\\) ends at 20.* in time")
          .doesNotContain("bundles.issuer-certificate");

      TestPki.existing(directory).issueEnded("server", "CN=localhost");
      server.hangUp();
      awaitLine(server, "nothing is changed", 1);
      assertThat(server.said())
          .containsPattern("the old certificates and clients go on: .*server.toml: the certificate")
          .containsPattern("server.certificate \\(CN=localhost\\) ended at 20");
    }
    try (var command = serve(installation)) {
      assertThat(command.ended()).as(command::said).isEqualTo(2);
      assertThat(command.said())
          .containsPattern("karuta: the certificate server.certificate .* ended at 20");
    }
  }

  /// The store is opened, and whatever took long before is over.
  @Test
  void aSighupDuringTheStartIsCarriedOutAfterIt() throws Exception {
    var place = directory;
    var installation = installation();
    try (var _ = listen(installation);
        var server = serve(installation);
        var front =
            HttpClient.newBuilder()
                .sslContext(TestPki.existing(place).context("front-end"))
                .build()) {
      while (!Files.exists(installation.database())) {
        Thread.onSpinWait();
      }
      installation.change("name = \"front-end\"", "name = \"successor\"");
      server.hangUp();
      var ports = SERVING.matcher(server.line());
      assertThat(ports.matches()).as(server::said).isTrue();
      awaitLine(server, "certificates and clients are read again", 1);
      var page = "https://localhost:" + ports.group(1) + "/.well-known/jwks.json";
      assertThat(get(front, page).statusCode()).isEqualTo(401);
    }
  }

  private static void awaitLine(ChildJvm server, String text, int times) throws Exception {
    while (server.said().split(text, -1).length <= times) {
      Thread.sleep(20);
    }
  }

  @Test
  void aDamagedDatabaseIsRefusedAndLeftAsItIs() throws Exception {
    var installation = installation();
    Files.writeString(installation.database(), NONSENSE);
    try (var command = serve(installation)) {
      assertThat(command.ended()).as(command::said).isEqualTo(2);
      assertThat(command.said().lines().filter(line -> line.startsWith("karuta: ")))
          .singleElement()
          .asString()
          .contains("the store cannot be used")
          .contains("not a database");
    }
    assertThat(installation.database()).hasContent(NONSENSE);
  }

  @Test
  void aStoreThatIsNotThereYetIsWorthAnotherStart() throws Exception {
    var installation = installation();
    // nobody listens on port 1 of this machine
    installation.change(
        "[guard]\n",
        """
        [store]
        url = "jdbc:postgresql://127.0.0.1:1/karuta"
        user = "karuta_server"
        password-file = "password"
        [guard]
        """);
    var password = Files.writeString(directory.resolve("password"), "none");
    Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-------"));
    try (var command = serve(installation)) {
      assertThat(command.ended()).as(command::said).isEqualTo(4);
      assertThat(command.said())
          .contains("karuta: the store is not to be had now: the database at");
    }
  }

  /// Nothing is ready that cannot be reached; the management port is open when the other is found to be taken.
  @Test
  void aPortThatIsTakenEndsTheStart() throws Exception {
    var installation = installation();
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      installation.change("[server]\nport = 0", "[server]\nport = " + taken.getLocalPort());
      try (var command = serve(installation)) {
        assertThat(command.ended()).as(command::said).isEqualTo(2);
        assertThat(command.said()).contains("karuta: [server] cannot listen: ");
        assertThat(command.rest()).as("what it serves").isEmpty();
      }
    }
  }

  @Test
  void withoutAGuardItServesAndSaysThatItIsNotReady() throws Exception {
    var installation = installation();
    try (var server = serve(installation);
        var anybody = HttpClient.newHttpClient();
        var front =
            HttpClient.newBuilder()
                .sslContext(TestPki.existing(directory).context("front-end"))
                .build()) {
      var ports = SERVING.matcher(server.line());
      assertThat(ports.matches()).as(server::said).isTrue();
      var ready = "http://127.0.0.1:" + ports.group(2) + "/health/ready";
      var api = "https://localhost:" + ports.group(1);
      assertThat(get(anybody, ready).statusCode()).isEqualTo(503);
      assertThat(get(anybody, ready).body()).contains("\"guard\":\"down\"", "\"store\":\"up\"");
      assertThat(get(front, api + "/.well-known/jwks.json").statusCode()).isEqualTo(503);
      assertThat(get(front, api + "/v1/subjects/nobody").statusCode()).isEqualTo(404);

      try (var _ = listen(installation)) {
        while (get(anybody, ready).statusCode() != 200) {
          Thread.onSpinWait();
        }
        assertThat(get(front, api + "/.well-known/jwks.json").body()).contains("\"kid\"");
        assertThat(get(front, api + "/.well-known/seal-keys.json").body()).contains("\"kid\"");
      }
    }
  }

  /// By another key of the same name every right answer would be wrong, and counted; by none it would be refused while
  /// the server called itself ready.
  @Test
  void aGuardThatHasNotTheKeysOfTheServersRecordsMakesItUnreadyAndIsNamed() throws Exception {
    var installation = installation();
    installation.epoch("e1", TestIssuer.TOKEN, "ab".repeat(32));
    installation.epoch("e2", TestIssuer.TOKEN, FakeJudgeToken.CHECK_VALUE);
    installation.change("[receipts]", "[[epoch]]\nrecord = \"epoch-e2.toml\"\n[receipts]");
    try (var _ = listen(installation);
        var server = serve(installation);
        var anybody = HttpClient.newHttpClient()) {
      var ports = SERVING.matcher(server.line());
      assertThat(ports.matches()).as(server::said).isTrue();
      var ready = get(anybody, "http://127.0.0.1:" + ports.group(2) + "/health/ready");
      assertThat(ready.statusCode()).isEqualTo(503);
      assertThat(ready.body())
          .contains("the guard has not the key of this server's epoch record: book-e1, book-e2");
      awaitLine(server, "epoch record: book-e1, book-e2", 1);
    }
  }

  private static HttpResponse<String> get(HttpClient client, String address) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create(address)).build(), HttpResponse.BodyHandlers.ofString());
  }
}
