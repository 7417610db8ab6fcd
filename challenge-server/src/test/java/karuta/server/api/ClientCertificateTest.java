package karuta.server.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Nobody is let in without a certificate of the configured CA, and nobody without a place in the table.
class ClientCertificateTest {
  private static TestServer server;

  @BeforeAll
  static void start(@TempDir Path directory) throws Exception {
    server = new TestServer(directory, TestServer.Setup.usual());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static WebClientOptions options() {
    return new WebClientOptions(server.tls("front-end", HttpVersion.HTTP_2));
  }

  private static int statusOf(WebClientOptions options) {
    var client = WebClient.create(server.vertx, options);
    return server.send(client, "GET", "/v1/subjects/c1", null, new byte[0]).status();
  }

  @Test
  void aClientOfTheTableIsLetIn() {
    assertThat(statusOf(options())).isEqualTo(200);
  }

  @Test
  void withoutACertificateThereIsNoConnection() {
    var before = server.domain.calls.get();
    assertThatThrownBy(() -> statusOf(options().setKeyCertOptions(null)))
        .isInstanceOf(RuntimeException.class);
    assertThat(server.domain.calls).hasValue(before);
  }

  @Test
  void aCertificateOfAnotherCaMakesNoConnection() {
    assertThatThrownBy(
            () -> statusOf(options().setKeyCertOptions(server.otherPki.identity("front-end"))))
        .isInstanceOf(RuntimeException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"stranger", "two-names", "nameless", "server"})
  void aCertificateTheTableDoesNotNameIsNobody(String name) {
    var client = server.rest(name, HttpVersion.HTTP_2);
    for (var path : new String[] {"/v1/subjects/c1", "/openapi.yaml", "/.well-known/jwks.json"}) {
      var reply = server.send(client, "GET", path, null, new byte[0]);
      assertThat(reply.status()).isEqualTo(401);
      assertThat(reply.code()).isEqualTo("unknown_client");
    }
  }

  @Test
  void whoIsRefusedIsRefusedBeforeHisBodyIsRead() {
    var client = server.rest("stranger", HttpVersion.HTTP_2);
    var reply =
        server.send(
            client,
            "POST",
            "/v1/challenges",
            "application/json",
            new byte[TestServer.MAX_BODY + 1]);
    assertThat(reply.status()).isEqualTo(401);
  }

  @Test
  void olderTlsIsRefused() {
    assertThatThrownBy(
            () -> statusOf(options().setEnabledSecureTransportProtocols(Set.of("TLSv1.2"))))
        .isInstanceOf(RuntimeException.class);
  }

  @Test
  void plainTextIsRefused() {
    assertThatThrownBy(
            () ->
                statusOf(
                    new WebClientOptions()
                        .setDefaultHost("localhost")
                        .setDefaultPort(server.number)))
        .isInstanceOf(RuntimeException.class);
  }
}
