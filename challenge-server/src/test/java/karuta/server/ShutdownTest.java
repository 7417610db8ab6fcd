package karuta.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import karuta.server.api.TestPki;
import karuta.testing.ChildJvm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// SIGTERM under load: what was acknowledged is in the store, nothing is cut off without a word, and the exit code is
/// 0.
class ShutdownTest {
  @Test
  void sigtermUnderLoadLosesNothingAndEndsWithZero(@TempDir Path directory) throws Exception {
    try (var server =
        ChildJvm.start(directory, Map.of(), ServingProcess.class, directory.toString())) {
      var port = line(server, "serving ").split(" ", -1)[1];
      var client = client(directory);
      try {
        var front = new Front(client, "https://localhost:" + port);
        var acknowledged = new Semaphore(0);
        var workers =
            IntStream.range(0, ServingProcess.CUSTOMERS)
                .mapToObj(
                    number -> Thread.ofPlatform().start(() -> load(front, number, acknowledged)))
                .toList();
        line(server, ServingProcess.HOLDS);
        var before = counted(directory);
        server.end();
        assertThat(server.ended()).as(server::said).isZero();
        for (var worker : workers) {
          worker.join();
        }
        assertThat(acknowledged.availablePermits())
            .as("what was under way was answered")
            .isGreaterThan(before);
        assertThat(counted(directory)).isEqualTo(acknowledged.availablePermits());
      } finally {
        client.shutdownNow();
      }
    }
  }

  private static String line(ChildJvm server, String beginning) throws IOException {
    while (true) {
      var line = server.line();
      if (line.startsWith(beginning)) {
        return line;
      }
    }
  }

  /// Read beside the server, which may hold the store.
  private static int counted(Path directory) throws SQLException {
    try (var connection =
            DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("karuta.db"));
        var statement = connection.createStatement();
        var row =
            statement.executeQuery("SELECT count(*) FROM audit WHERE event = 'answer-wrong'")) {
      row.next();
      return row.getInt(1);
    }
  }

  /// A client that shares no code with the server.
  private static HttpClient client(Path directory) {
    return HttpClient.newBuilder()
        .sslContext(TestPki.existing(directory).context("front-end"))
        .version(HttpClient.Version.HTTP_2)
        .build();
  }

  private record Front(HttpClient client, String address) {
    JsonObject post(String path, JsonObject body) throws Exception {
      var request =
          HttpRequest.newBuilder(URI.create(address + path))
              .header("content-type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofString(body.encode()))
              .build();
      return new JsonObject(client.send(request, HttpResponse.BodyHandlers.ofString()).body());
    }
  }

  /// Right once in 4,096; both of a step-up once in 16 million.
  private static JsonObject guess() {
    return new JsonObject().put("choices", new JsonArray().add(0).add(0));
  }

  /// Asks and answers wrong until the server refuses or is gone.
  private static void load(Front front, int number, Semaphore acknowledged) {
    try {
      for (var i = 0; ; i++) {
        var challenge =
            front.post(
                "/v1/challenges",
                new JsonObject()
                    .put("subject", "customer-" + number)
                    .put("purpose", "PROFILE_CHANGE")
                    .put("stepUp", true)
                    .put("transaction", new JsonObject().put("reference", "w" + i)));
        if (challenge.containsKey("code")) {
          return;
        }
        var reply =
            front.post(
                "/v1/challenges/" + challenge.getString("challengeId") + ":answer",
                new JsonObject()
                    .put("idempotencyKey", "worker-" + number + "-" + i)
                    .put("answers", new JsonArray().add(guess()).add(guess())));
        if ("OUTCOME_WRONG".equals(reply.getString("outcome"))) {
          acknowledged.release();
        }
      }
    } catch (Exception _) {
      // the server is gone: what matters is what it had acknowledged before
    }
  }
}
