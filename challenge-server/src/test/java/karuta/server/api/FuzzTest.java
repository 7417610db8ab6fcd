package karuta.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever is sent, by the contract's own descriptors and beside them: never a 5xx, always a problem, nothing of the
/// input in an error.
class FuzzTest {
  private static final int REQUESTS = 400;
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
  @ValueSource(longs = {1, 2, 3})
  void rest(long seed) {
    var random = new Random(seed);
    var fuzz = new Fuzz(random);
    var front = server.rest("front-end", HttpVersion.HTTP_2);
    var office = server.rest("back-office", HttpVersion.HTTP_1_1);
    var operations = TransportsAgreeTest.operations();
    var good = 0;
    for (var i = 0; i < REQUESTS; i++) {
      var operation = operations.get(random.nextInt(operations.size()));
      var rule = HttpRule.of(operation.method());
      var path = fuzz.path(rule);
      var body = rule.hasBody() ? fuzz.body(operation.method().getInputType()) : "";
      var client = operation.rule().roles().contains(Role.FRONT_END) ? front : office;
      var reply =
          server.send(
              client,
              rule.verb(),
              path,
              rule.hasBody() ? "application/json" : null,
              body.getBytes(StandardCharsets.UTF_8));
      var about = "seed %d, %d: %s %s %s -> %s".formatted(seed, i, rule.verb(), path, body, reply);
      assertThat(reply.status()).as(about).isLessThan(500);
      if (reply.status() == 200) {
        good++;
      } else {
        assertThat(reply.type()).as(about).isEqualTo(Problem.MEDIA_TYPE);
        assertThat(reply.body()).as(about).doesNotContain(Fuzz.MARK);
      }
    }
    // a generator whose requests are all refused at the first step would prove little
    assertThat(good).isGreaterThan(REQUESTS / 50);
  }

  @ParameterizedTest
  @ValueSource(longs = {4, 5})
  void grpc(long seed) throws Exception {
    var random = new Random(seed);
    var fuzz = new Fuzz(random);
    var front = ApiTransport.grpc(server, "front-end");
    var office = ApiTransport.grpc(server, "back-office");
    var operations = TransportsAgreeTest.operations();
    for (var i = 0; i < REQUESTS; i++) {
      var operation = operations.get(random.nextInt(operations.size()));
      var message = fuzz.message(operation.method().getInputType());
      var transport = operation.rule().roles().contains(Role.FRONT_END) ? front : office;
      var answer = transport.ask(operation, message);
      var about = "seed %d, %d: %s %s -> %s".formatted(seed, i, operation.name(), message, answer);
      assertThat(answer.code()).as(about).isNotIn("internal", "null");
      assertThat(answer.text())
          .as(about)
          .satisfiesAnyOf(
              _ -> assertThat(answer.code()).isEqualTo("ok"),
              text -> assertThat(text).doesNotContain(Fuzz.MARK));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {6})
  void bytesThatAreNoMessage(long seed) {
    var random = new Random(seed);
    var transport = ApiTransport.grpc(server, "front-end");
    var operation = TransportsAgreeTest.operations().getFirst();
    for (var i = 0; i < REQUESTS; i++) {
      var bytes = new byte[random.nextInt(200)];
      random.nextBytes(bytes);
      var message = Fuzz.unknownFields(operation.method().getInputType(), bytes);
      assertThat(transport.ask(operation, message).code()).isNotIn("internal", "null");
    }
  }
}
