package karuta.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.client.WebClient;
import io.vertx.grpc.client.GrpcClient;
import io.vertx.grpc.common.GrpcMessageDecoder;
import io.vertx.grpc.common.GrpcMessageEncoder;
import io.vertx.grpc.common.ServiceMethod;
import io.vertx.grpc.common.ServiceName;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import karuta.card.Cell;
import karuta.card.Subject;
import karuta.database.testing.TestDatabase;
import karuta.guard.testing.FakeJudgeToken;
import karuta.log.Logs;
import karuta.server.api.TestPki;
import karuta.server.challenge.Policy;
import karuta.server.store.Store;
import karuta.server.testing.Bank;
import karuta.v1.AnswerChallengeRequest;
import karuta.v1.Challenge;
import karuta.v1.ChallengeServiceGrpcClient;
import karuta.v1.CreateChallengeRequest;
import karuta.v1.Outcome;
import karuta.v1.Purpose;
import karuta.v1.QuestionAnswer;
import karuta.v1.Transaction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// The whole server, on both databases: real transports, real domain, real store; the token alone is a fake.
@ParameterizedClass
@EnumSource
@SuppressWarnings("NullAway.Init") // started once for each database, before its tests
class ServingTest {
  private static final String PAYEE = "ヒミツ商店";
  private static final List<String> LOG = new CopyOnWriteArrayList<>();
  private static final Handler LISTENER =
      new Handler() {
        private final Logs.OneLine format = new Logs.OneLine();

        @Override
        public void publish(LogRecord record) {
          synchronized (LOG) {
            LOG.add(format.format(record));
            LOG.notifyAll();
          }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @TempDir private static Path directory;
  private static Vertx vertx;
  private static Bank bank;
  private static Serving serving;
  private static WebClient front;
  private static WebClient management;
  private static ChallengeServiceGrpcClient grpc;
  private static GrpcClient channel;

  /// @param unused the servers stand before any test is made
  ServingTest(TestDatabase unused) {}

  @BeforeParameterizedClassInvocation
  static void start(TestDatabase database) throws Exception {
    LOG.clear();
    Logger.getLogger("").addHandler(LISTENER);
    vertx = Vertx.vertx();
    TestPki pki = TestServing.pki(directory.resolve(database.name()));
    var store = database.fresh(Store.TABLES);
    bank = Bank.open(store, Policy.standard());
    serving = TestServing.start(pki, Policy.standard(), store, bank.guard, bank.time);
    front = TestServing.client(vertx, pki, "front-end", serving.apiPort());
    management = WebClient.create(vertx);
    channel =
        GrpcClient.client(
            vertx,
            new HttpClientOptions()
                .setSsl(true)
                .setUseAlpn(true)
                .setProtocolVersion(HttpVersion.HTTP_2)
                .setTrustOptions(pki.trust())
                .setKeyCertOptions(pki.identity("front-end")));
    grpc = ChallengeServiceGrpcClient.create(channel, address());
  }

  private static SocketAddress address() {
    return SocketAddress.inetSocketAddress(serving.apiPort(), "localhost");
  }

  @AfterParameterizedClassInvocation
  static void stop() throws Exception {
    serving.close();
    bank.close();
    vertx.close().toCompletionStage().toCompletableFuture().get();
    Logger.getLogger("").removeHandler(LISTENER);
  }

  /// The second one of a name is ignored, and whoever reads the first is misled: the library says so in the log.
  @Test
  void noGaugeIsRegisteredTwice() {
    assertThat(LOG).noneMatch(line -> line.contains("already registered"));
  }

  @AfterEach
  void heal() throws Exception {
    token(() -> {});
  }

  /// Lets the token do this at every verification from now on. The server asks for it by itself now and then, and who
  /// asks meanwhile gets that answer; so a question that may have been put before has its answer before this returns.
  private static void token(Runnable behaviour) throws Exception {
    bank.token.beforeVerify.set(behaviour);
    get(management.get(serving.managementPort(), "127.0.0.1", "/health/ready").send());
  }

  private static JsonObject transfer(Subject subject, String reference) throws Exception {
    return TestServing.post(
        front,
        "/v1/challenges",
        new JsonObject()
            .put("subject", subject.value())
            .put("purpose", "TRANSFER")
            .put(
                "transaction",
                new JsonObject()
                    .put("reference", reference)
                    .put("payee", PAYEE)
                    .put("amount", "10000")
                    .put("currency", "JPY")));
  }

  /// The choices a customer with this card makes: the printed picture, looked up among those shown.
  private static JsonArray right(Subject subject, JsonObject challenge) {
    var answers = new JsonArray();
    for (var question : challenge.getJsonArray("questions")) {
      var choices = new JsonArray();
      for (var asked : ((JsonObject) question).getJsonArray("cells")) {
        var cell = Cell.parse(((JsonObject) asked).getString("cell"));
        var label = karuta.catalogue.Catalogue.v1().picture(bank.printed(subject).at(cell)).ja();
        for (var choice : ((JsonObject) asked).getJsonArray("choices")) {
          if (((JsonObject) choice).getString("labelJa").equals(label)) {
            choices.add(((JsonObject) choice).getInteger("choice"));
          }
        }
      }
      answers.add(new JsonObject().put("choices", choices));
    }
    return answers;
  }

  private static JsonArray wrong(Subject subject, JsonObject challenge) {
    var answers = right(subject, challenge);
    var choices = answers.getJsonObject(0).getJsonArray("choices");
    choices.set(0, (choices.getInteger(0) + 1) % 64);
    return answers;
  }

  private static JsonObject answer(JsonObject challenge, String key, JsonArray answers)
      throws Exception {
    return TestServing.post(
        front,
        "/v1/challenges/" + challenge.getString("challengeId") + ":answer",
        new JsonObject()
            .put("idempotencyKey", challenge.getString("challengeId") + key)
            .put("answers", answers));
  }

  private static <T> T get(io.vertx.core.Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get();
  }

  private static String managementPage(String path, int status) throws Exception {
    var reply = get(management.get(serving.managementPort(), "127.0.0.1", path).send());
    assertThat(reply.statusCode()).as(path).isEqualTo(status);
    return String.valueOf(reply.bodyAsString());
  }

  @Test
  void aRightAnswerOverRestGivesAReceiptThatVerifies() throws Exception {
    var subject = bank.withActiveCard("rest-right");
    var challenge = transfer(subject, "r-1");
    var answers = right(subject, challenge);
    var reply = answer(challenge, "attempt-1", answers);
    assertThat(reply.getString("outcome")).isEqualTo("OUTCOME_PASSED");
    var keys = get(front.get("/.well-known/jwks.json").send()).bodyAsString();
    var receipt = JWSObject.parse(reply.getString("receipt"));
    var key = JWKSet.parse(keys).getKeyByKeyId(receipt.getHeader().getKeyID()).toECKey();
    assertThat(receipt.verify(new ECDSAVerifier(key))).isTrue();
    assertThat(receipt.getPayload().toJSONObject())
        .containsEntry("sub", subject.value())
        .containsEntry("jti", challenge.getString("challengeId"))
        .containsEntry("purpose", "TRANSFER")
        .containsEntry("txn_digest", challenge.getString("transactionDigest"))
        .containsEntry("card", 1L)
        .containsEntry("draws", 1L);
    assertThat(answer(challenge, "attempt-1", answers)).isEqualTo(reply);
    assertThat(answer(challenge, "attempt-2", answers).getString("code"))
        .isEqualTo("challenge_settled");
  }

  @Test
  void aWrongAnswerIsCountedAndTheQuestionStays() throws Exception {
    var subject = bank.withActiveCard("rest-wrong");
    var first = transfer(subject, "r-1");
    var reply = answer(first, "attempt-1", wrong(subject, first));
    assertThat(reply.getString("outcome")).isEqualTo("OUTCOME_WRONG");
    assertThat(reply.getInteger("attemptsLeft")).isEqualTo(4);
    var second = transfer(subject, "r-2");
    assertThat(cells(second)).isEqualTo(cells(first));
  }

  private static List<String> cells(JsonObject challenge) {
    return challenge.getJsonArray("questions").getJsonObject(0).getJsonArray("cells").stream()
        .map(cell -> ((JsonObject) cell).getString("cell"))
        .toList();
  }

  @Test
  void theSameOverGrpc() throws Exception {
    var subject = bank.withActiveCard("grpc-right");
    Challenge challenge =
        get(
            grpc.createChallenge(
                CreateChallengeRequest.newBuilder()
                    .setSubject(subject.value())
                    .setPurpose(Purpose.TRANSFER)
                    .setTransaction(
                        Transaction.newBuilder()
                            .setReference("g-1")
                            .setPayee(PAYEE)
                            .setAmount("500")
                            .setCurrency("JPY"))
                    .build()));
    var choices = QuestionAnswer.newBuilder();
    for (var asked : challenge.getQuestions(0).getCellsList()) {
      var picture = bank.printed(subject).at(Cell.parse(asked.getCell()));
      var label = karuta.catalogue.Catalogue.v1().picture(picture).ja();
      asked.getChoicesList().stream()
          .filter(choice -> choice.getLabelJa().equals(label))
          .forEach(choice -> choices.addChoices(choice.getChoice()));
    }
    var reply =
        get(
            grpc.answerChallenge(
                AnswerChallengeRequest.newBuilder()
                    .setChallengeId(challenge.getChallengeId())
                    .setIdempotencyKey("grpc-attempt-1")
                    .addAnswers(choices)
                    .build()));
    assertThat(reply.getOutcome()).isEqualTo(Outcome.OUTCOME_PASSED);
    assertThat(reply.getReceipt()).isNotEmpty();
  }

  @Test
  void aLostTokenIsRefusalNotVerdictAndTheServerComesBackByItself() throws Exception {
    var subject = bank.withActiveCard("token-down");
    var challenge = transfer(subject, "r-1");
    var answers = right(subject, challenge);
    assertThat(managementPage("/health/ready", 200)).contains("\"guard\":\"up\"");
    token(FakeJudgeToken.FAULT);
    var refused = answer(challenge, "attempt-1", answers);
    assertThat(refused.getString("code")).isEqualTo("token_unavailable");
    assertThat(refused.getBoolean("retryable")).isTrue();
    assertThat(managementPage("/health/ready", 503))
        .contains("\"guard\":\"down\"", "\"store\":\"up\"");
    assertThat(managementPage("/health/live", 200)).contains("live");
    heal();
    assertThat(answer(challenge, "attempt-1", answers).getString("outcome"))
        .isEqualTo("OUTCOME_PASSED");
    assertThat(managementPage("/health/ready", 200)).contains("\"status\":\"ready\"");
    assertThat(bank.card(subject, 1).wrongAnswers()).isZero();
  }

  @Test
  void aBookKeyAtTheTokensOwnLimitIsNamedAndTheServerStaysReady() throws Exception {
    var subject = bank.withActiveCard("book-capped");
    var challenge = transfer(subject, "r-1");
    var answers = right(subject, challenge);
    bank.token.capped.add("book-e1");
    assertThat(managementPage("/health/ready", 200))
        .contains("\"status\":\"ready\"", "\"guard\":\"up\"")
        .contains(
            "\"degraded\":{\"guard\":\"the token's own limit on the uses of a key is reached: book-e1\"}");
    assertThat(managementPage("/metrics", 200)).contains("karuta_capped_keys 1.0");
    var refused = answer(challenge, "attempt-1", answers);
    assertThat(refused.getString("code")).isEqualTo("token_unavailable");
    assertThat(refused.getBoolean("retryable")).isTrue();
    bank.token.capped.clear();
    assertThat(answer(challenge, "attempt-1", answers).getString("outcome"))
        .isEqualTo("OUTCOME_PASSED");
    assertThat(managementPage("/health/ready", 200)).doesNotContain("degraded");
  }

  @Test
  void aLostTokenIsFoundAgainThoughNobodyAsksForIt() throws Exception {
    var subject = bank.withActiveCard("token-lost");
    var challenge = transfer(subject, "r-1");
    var answers = right(subject, challenge);
    token(FakeJudgeToken.FAULT);
    bank.token.up.set(false);
    var reply = answer(challenge, "attempt-1", answers);
    assertThat(reply.getString("code")).isEqualTo("token_unavailable");
    // not by heal(), which asks
    bank.token.beforeVerify.set(() -> {});
    while (!reply.containsKey("outcome")) {
      reply = answer(challenge, "attempt-1", answers);
    }
    assertThat(reply.getString("outcome")).isEqualTo("OUTCOME_PASSED");
    assertThat(bank.card(subject, 1).wrongAnswers()).isZero();
  }

  @Test
  void grpcHealthFollowsTheTokenEvenForTheServerAsAWhole() throws Exception {
    for (var name : List.of("", "karuta.v1.ChallengeService", "karuta.v1.CardService")) {
      heal();
      assertThat(GrpcProbe.check(channel, address(), name)).isEqualTo("SERVING");
      token(FakeJudgeToken.FAULT);
      assertThat(GrpcProbe.check(channel, address(), name)).isEqualTo("NOT_SERVING");
    }
    assertThat(GrpcProbe.check(channel, address(), "nobody")).isEqualTo("NOT_FOUND");
  }

  @Test
  void reflectionListsTheContractWhenItIsOn() throws Exception {
    assertThat(GrpcProbe.services(channel, address()))
        .contains("karuta.v1.ChallengeService", "karuta.v1.CardService");
  }

  @Test
  void anUnknownSubjectOrChallengeIsNamedOnBothDoors() throws Exception {
    var nobody = transfer(new Subject("nobody"), "r-1");
    assertThat(nobody.getString("code")).isEqualTo("unknown_subject");
    assertThat(nobody.getString("detail")).contains("nobody");
    var unknown = new JsonObject().put("challengeId", "AAAAAAAAAAAAAAAAAAAAAA");
    assertThat(answer(unknown, "attempt-1", new JsonArray()).getString("code"))
        .isEqualTo("challenge_not_found");
    var overGrpc =
        grpc.createChallenge(
            CreateChallengeRequest.newBuilder()
                .setSubject("nobody")
                .setPurpose(Purpose.PROFILE_CHANGE)
                .build());
    assertThatThrownBy(() -> get(overGrpc)).hasMessageContaining("NOT_FOUND");
  }

  @Test
  void theMetricsAreThere() throws Exception {
    var subject = bank.withActiveCard("metrics");
    var challenge = transfer(subject, "r-1");
    answer(challenge, "attempt-1", wrong(subject, challenge));
    managementPage("/health/ready", 200);
    var page = managementPage("/metrics", 200);
    assertThat(page)
        .contains("karuta_events_total{event=\"answer-wrong\"}")
        .contains(
            "karuta_requests_seconds_count{code=\"ok\",method=\"CreateChallenge\",transport=\"rest\"")
        .contains("karuta_guard_seconds_bucket{end=\"ok\",operation=\"judge\"")
        .contains("karuta_lane_waiting{lane=\"guard\"}")
        .contains("karuta_lane_refused_total{lane=\"store\"}")
        .contains("karuta_up{part=\"store\"} 1.0")
        .contains("karuta_store_check_seconds_count{end=\"ok\"}")
        .contains("karuta_guessing_alarm 0.0")
        .contains(
            "karuta_client_requests_total{client=\"front-end\",code=\"ok\",method=\"CreateChallenge\"}")
        .contains("karuta_connections ")
        .contains("karuta_handshakes_refused_total{reason=\"untrusted-certificate\"}")
        .contains("vertx_pool")
        .contains("jvm_memory_used_bytes");
  }

  /// Whatever a caller makes up never becomes a label: the memory could be filled with it.
  @Test
  void noLabelIsForACallerToChoose() throws Exception {
    invent(0);
    var before = managementPage("/metrics", 200).lines().count();
    for (var round = 1; round <= 20; round++) {
      invent(round);
    }
    var page = managementPage("/metrics", 200);
    assertThat(page.toLowerCase(Locale.ROOT)).doesNotContain("invented");
    assertThat(page.lines().count()).isEqualTo(before);
  }

  /// Sends something made up wherever the server takes something.
  private static void invent(int number) throws Exception {
    var word = "INVENTED" + number;
    var methods = List.of(word, "GET", "POST");
    var paths =
        List.of(
            "/" + word, "/v1/subjects/" + word, "/v1/challenges?" + word + "=1", "/openapi.yaml");
    for (var method : methods) {
      for (var path : paths) {
        var request =
            front
                .request(HttpMethod.valueOf(method), path)
                .putHeader("user-agent", word)
                .putHeader("x-" + word, word)
                .putHeader("origin", "https://" + word + ".example")
                .putHeader("content-type", "application/" + word);
        get(request.send());
      }
    }
    for (var service : List.of("karuta.v1.CardService", "grpc.health.v1.Health", word)) {
      ServiceMethod<Buffer, Buffer> call =
          ServiceMethod.client(
              ServiceName.create(service),
              word,
              GrpcMessageEncoder.IDENTITY,
              GrpcMessageDecoder.IDENTITY);
      get(
          channel
              .request(address(), call)
              .compose(request -> request.send(Buffer.buffer(word)))
              .compose(response -> response.end().otherwiseEmpty()));
    }
    var _ = GrpcProbe.check(channel, address(), word);
  }

  @Test
  void nothingOfAnAnswerIsInALogOrAMetric() throws Exception {
    var subject = bank.withActiveCard("redaction");
    var challenge = transfer(subject, "reference-of-the-bank");
    var answers = right(subject, challenge);
    answer(challenge, "idempotency-secret", wrong(subject, challenge));
    bank.token.beforeVerify.set(
        () -> {
          throw new IllegalStateException("leak " + answers.encode() + PAYEE);
        });
    var again = transfer(subject, "reference-of-the-bank");
    assertThat(answer(again, "idempotency-secret-2", answers).getString("code"))
        .isEqualTo("internal");
    heal();
    whenLogged("code=internal");
    var everything = String.join("\n", LOG) + managementPage("/metrics", 200);
    assertThat(everything).contains("code=internal").contains("AnswerChallenge");
    assertThat(everything)
        .doesNotContain(PAYEE, "reference-of-the-bank", "idempotency-secret", "choices", "leak ")
        .doesNotContain(answers.encode(), subject.value());
    for (var cell : cells(challenge)) {
      assertThat(everything).doesNotContain(cell);
    }
    assertThat(LOG).allMatch(line -> line.indexOf('\n') == line.length() - 1);
  }

  @Test
  void thePortOfManagementTakesNothingElse() throws Exception {
    assertThat(managementPage("/v1/subjects/x", 404)).contains("not found");
    var reply = get(management.post(serving.managementPort(), "127.0.0.1", "/metrics").send());
    assertThat(reply.statusCode()).isEqualTo(405);
    assertThat(reply.getHeader("allow")).isEqualTo("GET");
  }

  /// A request is logged when its reply is sent, so its caller may be ahead of the log.
  private static void whenLogged(String text) throws InterruptedException {
    synchronized (LOG) {
      while (LOG.stream().noneMatch(line -> line.contains(text))) {
        LOG.wait();
      }
    }
  }
}
