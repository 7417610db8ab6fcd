package karuta.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Who begins a request and does not go on is told when its time is over, and holds nothing after that.
class SlowBodyTest {
  private static final TestServer.Setup SHORT =
      new TestServer.Setup(2, 2, 1000, Duration.ofSeconds(1), false);
  private static TestServer server;
  private static HttpClient one;
  private static HttpClient two;

  @BeforeAll
  static void start(@TempDir Path directory) throws Exception {
    server = new TestServer(directory, SHORT);
    one = server.vertx.createHttpClient(server.tls("front-end", HttpVersion.HTTP_1_1));
    two = server.vertx.createHttpClient(server.tls("front-end", HttpVersion.HTTP_2));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private record Reply(HttpClientResponse head, String body) {}

  /// Begins a request as told, and waits for the reply.
  private static Reply ask(
      HttpVersion version, String path, String type, Consumer<HttpClientRequest> begin) {
    return TestServer.wait(
        (version == HttpVersion.HTTP_2 ? two : one)
            .request(HttpMethod.POST, path)
            .compose(
                request -> {
                  begin.accept(request.putHeader("content-type", type).setChunked(true));
                  return request.response().compose(SlowBodyTest::whole);
                }));
  }

  private static Future<Reply> whole(HttpClientResponse head) {
    return head.body().map(body -> new Reply(head, body.toString()));
  }

  @ParameterizedTest
  @EnumSource(
      value = HttpVersion.class,
      names = {"HTTP_1_1", "HTTP_2"})
  void aBodyThatDoesNotEndIsNotWaitedFor(HttpVersion version) {
    var gone = Promise.<Void>promise();

    var reply =
        ask(
            version,
            "/v1/challenges",
            "application/json",
            request -> {
              request.exceptionHandler(_ -> gone.tryComplete());
              request.connection().closeHandler(_ -> gone.tryComplete());
              request.write("{");
            });

    assertThat(reply.head().statusCode()).isEqualTo(504);
    assertThat(new JsonObject(reply.body()).getString("code")).isEqualTo("deadline_exceeded");
    TestServer.wait(gone.future());
    assertThat(server.domain.calls).hasValue(0);
  }

  @Test
  void aMessageThatDoesNotComeIsNotWaitedFor() {
    var head =
        ask(
                HttpVersion.HTTP_2,
                "/karuta.v1.CardService/GetSubject",
                "application/grpc",
                HttpClientRequest::sendHead)
            .head();

    assertThat(head.headers().contains("grpc-status") ? head.headers() : head.trailers())
        .anySatisfy(
            header -> {
              assertThat(header.getKey()).isEqualTo("grpc-status");
              assertThat(header.getValue()).isEqualTo("4");
            });
    assertThat(server.domain.calls).hasValue(0);
  }
}
