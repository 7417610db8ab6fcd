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
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import karuta.card.Subject;
import karuta.server.api.TestPki;
import karuta.server.store.StoreSettings;
import karuta.server.testing.Bank;
import karuta.server.testing.ChildJvm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// SIGTERM under load: what was acknowledged is in the store, nothing is cut off without a word, and the exit code is 0.
class ShutdownTest {
  private static final int BEFORE_THE_END = 20;

  @Test
  void sigtermUnderLoadLosesNothingAndEndsWithZero(@TempDir Path directory) throws Exception {
    try (var server =
        ChildJvm.start(directory, Map.of(), ServingProcess.class, directory.toString())) {
      var port = port(server);
      try (var client = client(directory)) {
        var front = new Front(client, "https://localhost:" + port);
        var acknowledged = new Semaphore(0);
        var workers =
            IntStream.range(0, ServingProcess.CUSTOMERS)
                .mapToObj(
                    number -> Thread.ofPlatform().start(() -> load(front, number, acknowledged)))
                .toList();
        acknowledged.acquire(BEFORE_THE_END);
        server.end();
        assertThat(server.ended()).as(server::said).isZero();
        for (var worker : workers) {
          worker.join();
        }
        var answered = BEFORE_THE_END + acknowledged.availablePermits();
        assertThat(answered).as("the load was still on").isLessThan(ServingProcess.CUSTOMERS * 100);
        assertThat(counted(directory)).isEqualTo(answered);
      }
    }
  }

  private static String port(ChildJvm server) throws IOException {
    while (true) {
      var line = server.line();
      if (line.startsWith("serving ")) {
        return line.split(" ", -1)[1];
      }
    }
  }

  private static int counted(Path directory) {
    try (var bank =
        Bank.open(StoreSettings.sqlite(directory.resolve("karuta.db")), ServingProcess.PATIENT)) {
      return IntStream.range(0, ServingProcess.CUSTOMERS)
          .map(number -> bank.newest(new Subject("customer-" + number)).wrongAnswers())
          .sum();
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
