package karuta.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import karuta.v1.CreateChallengeRequest;
import karuta.v1.Transaction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What is too large is refused, and the server goes on.
class LargeBodyTest {
  private static final int TEN_MEGABYTES = 10 * 1024 * 1024;
  private static TestServer server;

  @BeforeAll
  static void start(@TempDir Path directory) throws Exception {
    server = new TestServer(directory, TestServer.Setup.usual());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @EnumSource(
      value = HttpVersion.class,
      names = {"HTTP_1_1", "HTTP_2"})
  void tenMegabytesOfJson(HttpVersion version) {
    var client = server.rest("front-end", version);
    var body =
        ("{\"subject\":\"" + "x".repeat(TEN_MEGABYTES) + "\"}").getBytes(StandardCharsets.UTF_8);
    var reply = server.send(client, "POST", "/v1/challenges", "application/json", body);
    assertThat(reply.status()).isEqualTo(413);
    assertThat(reply.code()).isEqualTo("too_large");
    var next = server.send(client, "GET", "/v1/subjects/c1", null, new byte[0]);
    assertThat(next.status()).isEqualTo(200);
  }

  @Test
  void deepNesting() {
    var client = server.rest("front-end", HttpVersion.HTTP_2);
    var body =
        ("{\"a\":" + "[".repeat(30_000) + "]".repeat(30_000) + "}")
            .getBytes(StandardCharsets.UTF_8);
    var reply = server.send(client, "POST", "/v1/challenges", "application/json", body);
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.code()).isEqualTo("malformed_request");
  }

  @Test
  void tenMegabytesOfProtobuf() {
    var transport = ApiTransport.grpc(server, "front-end");
    var operation = TransportsAgreeTest.operations().getFirst();
    var request =
        CreateChallengeRequest.newBuilder()
            .setTransaction(Transaction.newBuilder().setPayee("x".repeat(TEN_MEGABYTES)))
            .build();
    assertThat(transport.ask(operation, request).code()).isEqualTo("too_large");
    assertThat(transport.ask(operation, Samples.of(operation)).code()).isEqualTo("ok");
  }
}
