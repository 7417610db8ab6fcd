package karuta.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.grpc.health.v1.HealthCheckRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// There is one way in: whatever is called, the caller is known, the caller's share has room, and nothing is unpacked.
class AdmissionTest {
  private static final String CHECK = "/grpc.health.v1.Health/Check";
  private static final String REFLECTION =
      "/grpc.reflection.v1.ServerReflection/ServerReflectionInfo";
  private static final int SHARE = 2;

  private static TestServer server(Path directory) throws Exception {
    return new TestServer(directory, new TestServer.Setup(4, 64, SHARE, TestServer.LONG, true));
  }

  private static Buffer frame(byte[] message) {
    return Buffer.buffer().appendByte((byte) 0).appendInt(message.length).appendBytes(message);
  }

  private static Buffer check() {
    return frame(HealthCheckRequest.getDefaultInstance().toByteArray());
  }

  private static MultiMap call(HttpClient client, String path, String encoding, Buffer body) {
    return TestServer.wait(
        client
            .request(HttpMethod.POST, path)
            .compose(
                request ->
                    request
                        .putHeader("content-type", "application/grpc")
                        .putHeader("grpc-encoding", encoding)
                        .send(body)
                        .compose(AdmissionTest::status)));
  }

  private static Future<MultiMap> status(HttpClientResponse response) {
    return response.body().map(_ -> ending(response));
  }

  private static MultiMap ending(HttpClientResponse response) {
    return response.headers().contains("grpc-status") ? response.headers() : response.trailers();
  }

  @ParameterizedTest
  @ValueSource(strings = {CHECK, REFLECTION, "/karuta.v1.CardService/GetSubject", "/no.Such/Call"})
  void nobodyInTheTableIsLetIn(String path, @TempDir Path directory) throws Exception {
    try (var server = server(directory)) {
      var stranger = server.vertx.createHttpClient(server.tls("stranger", HttpVersion.HTTP_2));
      var ending = call(stranger, path, "identity", check());
      assertThat(ending.get("grpc-status")).isEqualTo("16");
      assertThat(ending.get("karuta-code")).isEqualTo("unknown_client");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {CHECK, REFLECTION, "/no.Such/Call"})
  void nothingIsUnpacked(String path, @TempDir Path directory) throws Exception {
    try (var server = server(directory)) {
      var client = server.vertx.createHttpClient(server.tls("front-end", HttpVersion.HTTP_2));
      var ending = call(client, path, "gzip", check());
      assertThat(ending.get("karuta-code")).isEqualTo("unsupported_media_type");
    }
  }

  @Test
  void aHealthCheckIsOfOneServiceOrOfAll(@TempDir Path directory) throws Exception {
    try (var server = server(directory)) {
      var client = server.vertx.createHttpClient(server.tls("front-end", HttpVersion.HTTP_2));
      assertThat(call(client, CHECK, "identity", check()).get("grpc-status")).isEqualTo("0");
      var large = HealthCheckRequest.newBuilder().setService("x".repeat(TestServer.MAX_BODY));
      var ending = call(client, CHECK, "identity", frame(large.build().toByteArray()));
      assertThat(ending.get("grpc-status")).isEqualTo("8");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Watch", "List"})
  void aStreamOfHealthIsNotOffered(String method, @TempDir Path directory) throws Exception {
    try (var server = server(directory)) {
      var client = server.vertx.createHttpClient(server.tls("front-end", HttpVersion.HTTP_2));
      var ending = call(client, "/grpc.health.v1.Health/" + method, "identity", check());
      assertThat(ending.get("grpc-status")).isEqualTo("12");
    }
  }

  /// A request whose body is still on its way has its place already.
  @ParameterizedTest
  @CsvSource({
    "application/grpc,/grpc.health.v1.Health/Check",
    "application/grpc,/karuta.v1.CardService/GetSubject",
    "application/json,/v1/challenges"
  })
  void aPlaceIsTakenWithTheFirstHeader(String type, String path, @TempDir Path directory)
      throws Exception {
    try (var server = server(directory)) {
      var client = server.vertx.createHttpClient(server.tls("front-end", HttpVersion.HTTP_2));
      for (var i = 0; i < SHARE; i++) {
        TestServer.wait(
            client
                .request(HttpMethod.POST, path)
                .compose(
                    request -> {
                      request.putHeader("content-type", type).setChunked(true);
                      return request.sendHead();
                    }));
      }
      var one = ApiTransport.rest(server, "front-end");
      var operation = OverloadTest.operation("GetSubject");
      assertThat(eventually(one, operation)).isEqualTo("too_many_requests");
      var office = ApiTransport.rest(server, "back-office");
      assertThat(office.ask(operation, Samples.of(operation)).code()).isEqualTo("ok");
    }
  }

  /// The server may see one connection's request later than another's that was sent after it.
  private static String eventually(ApiTransport transport, Operation<?, ?> operation) {
    for (var i = 0; i < 1_000; i++) {
      var code = transport.ask(operation, Samples.of(operation)).code();
      if (!code.equals("ok")) {
        return code;
      }
    }
    return "ok";
  }

  /// A caller who does not take the reply keeps the place until it is out.
  @Test
  void aPlaceIsGivenBackWhenTheReplyIsOut(@TempDir Path directory) throws Exception {
    try (var server = server(directory)) {
      var options = server.tls("front-end", HttpVersion.HTTP_2);
      options.getInitialSettings().setInitialWindowSize(1);
      var slow = server.vertx.createHttpClient(options);
      List<HttpClientResponse> replies = new ArrayList<>();
      for (var i = 0; i < SHARE; i++) {
        var reply =
            TestServer.wait(
                slow.request(HttpMethod.GET, "/v1/subjects/c1").compose(AdmissionTest::head));
        assertThat(reply.statusCode()).isEqualTo(200);
        replies.add(reply);
      }
      var one = ApiTransport.rest(server, "front-end");
      var operation = OverloadTest.operation("GetSubject");
      assertThat(one.ask(operation, Samples.of(operation)).code()).isEqualTo("too_many_requests");
      replies.forEach(reply -> reply.request().reset());
      while (!one.ask(operation, Samples.of(operation)).code().equals("ok")) {
        Thread.onSpinWait();
      }
    }
  }

  /// Takes the head of the reply and nothing of its body.
  private static Future<HttpClientResponse> head(io.vertx.core.http.HttpClientRequest request) {
    return request
        .send()
        .map(
            response -> {
              response.pause();
              return response;
            });
  }
}
