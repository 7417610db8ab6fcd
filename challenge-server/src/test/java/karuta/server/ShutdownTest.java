package karuta.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.WebClient;
import java.io.BufferedReader;
import java.io.File;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import karuta.card.Subject;
import karuta.server.api.TestPki;
import karuta.server.operate.TestServing;
import karuta.server.store.StoreSettings;
import karuta.server.testing.Bank;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// SIGTERM under load: what was acknowledged is in the store, nothing is cut off without a word, and the exit code is 0.
class ShutdownTest {
  private static final int BEFORE_THE_END = 20;

  @Test
  void sigtermUnderLoadLosesNothingAndEndsWithZero(@TempDir Path directory) throws Exception {
    var process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "--enable-native-access=ALL-UNNAMED",
                    "-cp",
                    System.getProperty("java.class.path"),
                    ServingProcess.class.getName(),
                    directory.toString()))
            .redirectError(new File(directory.toFile(), "stderr"))
            .start();
    var vertx = Vertx.vertx();
    try (var out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      var ports = ready(out);
      var client =
          TestServing.client(
              vertx, TestPki.existing(directory), "front-end", Integer.parseInt(ports[1]));
      var acknowledged = new Semaphore(0);
      var workers =
          IntStream.range(0, ServingProcess.CUSTOMERS)
              .mapToObj(
                  number -> Thread.ofPlatform().start(() -> load(client, number, acknowledged)))
              .toList();
      acknowledged.acquire(BEFORE_THE_END);
      process.destroy();
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isZero();
      for (var worker : workers) {
        worker.join();
      }
      var answered = BEFORE_THE_END + acknowledged.availablePermits();
      assertThat(answered).as("the load was still on").isLessThan(ServingProcess.CUSTOMERS * 100);
      assertThat(counted(directory)).isEqualTo(answered);
    } finally {
      process.destroyForcibly();
      vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }
  }

  private static String[] ready(BufferedReader out) throws Exception {
    for (var line = out.readLine(); line != null; line = out.readLine()) {
      if (line.startsWith("serving ")) {
        return line.split(" ", -1);
      }
    }
    throw new AssertionError("the server did not start");
  }

  private static int counted(Path directory) {
    try (var bank =
        Bank.open(StoreSettings.sqlite(directory.resolve("karuta.db")), ServingProcess.PATIENT)) {
      return IntStream.range(0, ServingProcess.CUSTOMERS)
          .map(number -> bank.newest(new Subject("customer-" + number)).wrongAnswers())
          .sum();
    }
  }

  /// Right once in 4,096; both of a step-up once in 16 million.
  private static JsonObject guess() {
    return new JsonObject().put("choices", new JsonArray().add(0).add(0));
  }

  /// Asks and answers wrong until the server refuses or is gone.
  private static void load(WebClient client, int number, Semaphore acknowledged) {
    try {
      for (var i = 0; ; i++) {
        var challenge =
            TestServing.post(
                client,
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
            TestServing.post(
                client,
                "/v1/challenges/" + challenge.getString("challengeId") + ":answer",
                new JsonObject()
                    .put("idempotencyKey", "worker-%d-%d".formatted(number, i))
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
