package karuta.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.WebClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executors;
import karuta.card.Subject;
import karuta.database.DatabaseSettings;
import karuta.database.testing.PostgresServer;
import karuta.database.testing.TestDatabase;
import karuta.server.api.TestPki;
import karuta.server.challenge.Policy;
import karuta.server.store.Store;
import karuta.server.testing.Bank;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A whole server whose database falls silent: it says so, answers everybody, and serves again when the database
/// speaks.
class SilentStoreServingTest {
  @TempDir private static Path directory;
  private static PostgresServer database;
  private static Bank bank;
  private static String schema = "";
  private static Serving serving;
  private static Vertx vertx;
  private static WebClient front;
  private static WebClient management;

  @BeforeAll
  static void start() throws Exception {
    database = PostgresServer.start();
    var settings = TestDatabase.on(database, Store.TABLES);
    schema = settings.url().replaceFirst(".*ApplicationName=", "");
    bank = Bank.open(settings, Policy.standard());
    var hasty =
        new DatabaseSettings(
            settings.url(),
            settings.user(),
            settings.password(),
            settings.connections(),
            Duration.ofSeconds(1),
            false);
    TestPki pki = TestServing.pki(directory);
    serving = TestServing.start(pki, Policy.standard(), hasty, bank.guard, bank.time);
    vertx = Vertx.vertx();
    front = TestServing.client(vertx, pki, "front-end", serving.apiPort());
    management = WebClient.create(vertx);
  }

  @AfterAll
  static void end() throws Exception {
    database.goOn();
    serving.close();
    bank.close();
    vertx.close().toCompletionStage().toCompletableFuture().get();
    database.close();
  }

  @Test
  void aServerWhoseDatabaseIsSilentIsNotReadyAndStillAnswersEverybody() throws Exception {
    var subject = bank.withActiveCard("customer-1");
    var challenge = bank.transfer(subject, "t-1");
    var answers = new JsonArray();
    bank.printed(subject)
        .answer(challenge)
        .forEach(choices -> answers.add(new JsonObject().put("choices", new JsonArray(choices))));
    var answer = new JsonObject().put("idempotencyKey", "attempt-1").put("answers", answers);
    var path = "/v1/challenges/" + challenge.id().value() + ":answer";
    ready("ready");

    // an answer that is under way when it happens: its connection is not looked at any more
    try (var administrator = database.connect();
        var statement = administrator.createStatement();
        var customer = Executors.newSingleThreadExecutor()) {
      administrator.setAutoCommit(false);
      statement.execute("UPDATE %s.card_states SET state = state".formatted(schema));
      var underWay = customer.submit(() -> TestServing.post(front, path, answer));
      database.await(
          "SELECT count(*) > 0 FROM pg_stat_activity WHERE wait_event_type = 'Lock'", "t");
      database.fallSilent();
      assertThat(underWay.get().getString("code")).isEqualTo("store_unavailable");
      ready("not ready");
      // more than there are threads on a lane: each has to become free again
      for (var i = 0; i < 6; i++) {
        assertThat(TestServing.post(front, path, answer).getString("code"))
            .isEqualTo("store_unavailable");
        assertThat(transfer(subject).getString("code")).isEqualTo("store_unavailable");
      }
      // before the administrator leaves
      database.goOn();
    } finally {
      database.goOn();
    }

    ready("ready");
    var reply = TestServing.post(front, path, answer);
    while (!reply.containsKey("outcome")) {
      reply = TestServing.post(front, path, answer);
    }
    assertThat(reply.getString("outcome")).isEqualTo("OUTCOME_PASSED");
  }

  private static JsonObject transfer(Subject subject) throws Exception {
    return TestServing.post(
        front,
        "/v1/challenges",
        new JsonObject()
            .put("subject", subject.value())
            .put("purpose", "TRANSFER")
            .put(
                "transaction",
                new JsonObject()
                    .put("reference", "t-2")
                    .put("payee", "somebody")
                    .put("amount", "10000")
                    .put("currency", "JPY")));
  }

  /// Asks until the server says so.
  private static void ready(String status) throws Exception {
    while (!String.valueOf(readiness()).contains("\"status\":\"%s\"".formatted(status))) {
      if (Thread.interrupted()) {
        throw new AssertionError("never " + status);
      }
    }
  }

  private static @Nullable String readiness() throws Exception {
    return management
        .get(serving.managementPort(), "127.0.0.1", "/health/ready")
        .send()
        .toCompletionStage()
        .toCompletableFuture()
        .get()
        .bodyAsString();
  }
}
