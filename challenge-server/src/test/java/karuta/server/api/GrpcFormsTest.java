package karuta.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import java.nio.file.Path;
import karuta.v1.GetSubjectRequest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What may come in at the gRPC transport: uncompressed protobuf, one message. Everything else gets a code, and the
/// server goes on.
class GrpcFormsTest {
  private static TestServer server;
  private static HttpClient client;

  @BeforeAll
  static void start(@TempDir Path directory) throws Exception {
    server = new TestServer(directory, TestServer.Setup.usual());
    client = server.vertx.createHttpClient(server.tls("front-end", HttpVersion.HTTP_2));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest(name = "{0} {1} {2} -> {3}")
  @CsvSource({
    "application/grpc,        identity, SOUND,   0,  -",
    "application/grpc+proto,  identity, SOUND,   0,  -",
    "application/grpc+json,   identity, SOUND,   12, unsupported_media_type",
    "application/grpc,        gzip,     SOUND,   12, unsupported_media_type",
    "application/grpc,        identity, BROKEN,  3,  malformed_request",
    "application/grpc,        identity, NOTHING, 3,  malformed_request",
    "application/grpc,        identity, FOUL,    3,  invalid_field",
  })
  void aCallIsReadOrRefused(
      String type, String encoding, Content content, int status, String code) {
    var trailers = call(type, encoding, content.bytes());

    assertThat(trailers.get("grpc-status")).isEqualTo(Integer.toString(status));
    assertThat(trailers.get("karuta-code")).isEqualTo(code.equals("-") ? null : code);
    assertThat(call("application/grpc", "identity", Content.SOUND.bytes()).get("grpc-status"))
        .isEqualTo("0");
  }

  enum Content {
    SOUND,
    BROKEN,
    NOTHING,
    FOUL;

    /// With the prefix of a gRPC message: not compressed, four bytes of length.
    Buffer bytes() {
      var message =
          switch (this) {
            case SOUND -> GetSubjectRequest.newBuilder().setSubject("c1").build().toByteArray();
            case BROKEN -> new byte[] {10, 100, 1};
            case NOTHING -> new byte[0];
            case FOUL -> GetSubjectRequest.newBuilder().setSubject("c 1").build().toByteArray();
          };
      return this == NOTHING
          ? Buffer.buffer()
          : Buffer.buffer().appendByte((byte) 0).appendInt(message.length).appendBytes(message);
    }
  }

  private static MultiMap call(String type, String encoding, Buffer body) {
    return TestServer.wait(
        client
            .request(HttpMethod.POST, "/karuta.v1.CardService/GetSubject")
            .compose(
                request ->
                    request
                        .putHeader("content-type", type)
                        .putHeader("grpc-encoding", encoding)
                        .send(body)
                        .compose(GrpcFormsTest::status)));
  }

  private static Future<MultiMap> status(HttpClientResponse response) {
    return response
        .body()
        .map(
            _ ->
                response.headers().contains("grpc-status")
                    ? response.headers()
                    : response.trailers());
  }
}
