package karuta.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import karuta.database.DatabaseUnavailable;
import karuta.database.InvariantBroken;
import karuta.guard.client.GuardUnavailable;
import karuta.server.card.Refusal;
import karuta.v1.AnswerChallengeRequest;
import karuta.v1.QuestionAnswer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// One contract, two transports: the same callers, the same verdicts, the same codes.
class TransportsAgreeTest {
  private static TestServer server;
  private static final Map<String, List<ApiTransport>> TRANSPORTS = new HashMap<>();

  private static List<ApiTransport> transports(String client) {
    return TRANSPORTS.computeIfAbsent(
        client, name -> List.of(ApiTransport.rest(server, name), ApiTransport.grpc(server, name)));
  }

  @BeforeAll
  static void start(@TempDir Path directory) throws Exception {
    server = new TestServer(directory, TestServer.Setup.usual());
  }

  @AfterAll
  static void stop() {
    assertThat(server.domain.onEventLoop).hasValue(0);
    server.close();
    TRANSPORTS.clear();
  }

  @AfterEach
  void heal() {
    server.domain.heal();
  }

  static List<Operation<?, ?>> operations() {
    return new CardCalls(new FakeDomain())
        .bind(new ChallengeCalls(new FakeDomain(), TestServer.PICTURES).bind(new Contract()))
        .operations();
  }

  @ParameterizedTest
  @MethodSource("operations")
  void everyMethodAnswersItsRolesAndNobodyElse(Operation<?, ?> operation) {
    for (var role : Role.values()) {
      var allowed = operation.rule().roles().contains(role);
      for (var transport : transports(role.text())) {
        var answer = transport.ask(operation, Samples.of(operation));
        assertThat(answer.code())
            .as(transport + " " + role)
            .isEqualTo(allowed ? "ok" : "wrong_role");
      }
    }
    for (var transport : transports("stranger")) {
      assertThat(transport.ask(operation, Samples.of(operation)).code())
          .isEqualTo("unknown_client");
    }
  }

  static Stream<RuntimeException> failures() {
    var all = new ArrayList<RuntimeException>();
    Arrays.stream(Refusal.Code.values()).forEach(code -> all.add(new Refusal(code, "no")));
    all.add(new GuardUnavailable("gone"));
    all.add(new DatabaseUnavailable("gone"));
    all.add(new InvariantBroken("secret-of-the-server"));
    all.add(new IllegalStateException("secret-of-the-server"));
    all.add(new CallRefused(Code.INVALID_FIELD, "subject"));
    return all.stream();
  }

  @ParameterizedTest
  @MethodSource("failures")
  void everyFailureHasOneCodeWithItsStatuses(RuntimeException failure) {
    var expected = Failures.told(failure).code();
    var operation = operations().getFirst();
    var request = Samples.of(operation);
    server.domain.next.set(failure);
    var rest = transports("front-end").get(0).ask(operation, request);
    var grpc = transports("front-end").get(1).ask(operation, request);
    assertThat(rest.code()).isEqualTo(expected.wire());
    assertThat(grpc.code()).isEqualTo(expected.wire());
    assertThat(rest.status()).isEqualTo(expected.http());
    assertThat(grpc.status()).isEqualTo(expected.grpc().code);
    assertThat(rest.retryable()).isEqualTo(expected.retryable()).isEqualTo(grpc.retryable());
    assertThat(rest.text() + grpc.text()).doesNotContain("secret-of-the-server");
  }

  @Test
  void aBrokenInvariantIsCountedByItself() {
    var operation = operations().getFirst();
    var before = broken();
    server.domain.next.set(new IllegalStateException());
    transports("front-end").getFirst().ask(operation, Samples.of(operation));
    assertThat(broken()).isEqualTo(before);
    server.domain.next.set(new InvariantBroken("a rule"));
    var answer = transports("front-end").getFirst().ask(operation, Samples.of(operation));
    assertThat(answer.code()).isEqualTo("invariant_broken");
    assertThat(broken()).isEqualTo(before + 1);
  }

  private static double broken() {
    return server
        .meters
        .registry()
        .get("karuta.events")
        .tag("event", "invariant-broken")
        .counter()
        .count();
  }

  @Test
  void everyReasonOfTheDomainHasACodeOfTheSameName() {
    for (var reason : Refusal.Code.values()) {
      assertThat(Failures.of(reason).wire()).isEqualTo(reason.label());
    }
  }

  @Test
  void theAnswerReachesTheDomainAsSent() {
    var operation =
        operations().stream()
            .filter(candidate -> candidate.method().getName().equals("AnswerChallenge"))
            .findFirst()
            .orElseThrow();
    var request =
        AnswerChallengeRequest.newBuilder()
            .setChallengeId(FakeDomain.ID)
            .setIdempotencyKey("attempt-1")
            .addAnswers(QuestionAnswer.newBuilder().addChoices(63).addChoices(0))
            .addAnswers(QuestionAnswer.newBuilder().addChoices(7).addChoices(9))
            .build();
    for (var transport : transports("front-end")) {
      server.domain.lastChoices.set(List.of());
      assertThat(transport.ask(operation, request).code()).isEqualTo("ok");
      assertThat(server.domain.lastChoices.get()).isEqualTo(List.of(List.of(63, 0), List.of(7, 9)));
      assertThat(server.domain.lastCaller.get().name()).isEqualTo("front-end");
    }
  }
}
