package karuta.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.protobuf.Message;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import karuta.v1.AnswerChallengeRequest;
import karuta.v1.AnswerChallengeResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// When a call is made again, and with what.
class KarutaClientTest {
  private static final Retry THREE = new Retry(3, Duration.ofMillis(1), Duration.ofMillis(2));
  private static final AnswerChallengeRequest REQUEST =
      AnswerChallengeRequest.newBuilder().setChallengeId("c").setIdempotencyKey("k").build();

  private final Vertx vertx = Vertx.vertx();
  private final Script script = new Script();
  private final KarutaClient client = KarutaClient.over(vertx, script, THREE);

  /// Fails as told, then succeeds, and remembers what it was asked.
  private static final class Script implements Transport {
    private final Deque<CallFailed> failures = new ArrayDeque<>();
    private final List<Message> asked = new ArrayList<>();

    @Override
    public <Q extends Message, A extends Message> Future<A> call(Method<Q, A> method, Q request) {
      asked.add(request);
      var failure = failures.poll();
      return failure == null
          ? Future.succeededFuture(method.reply())
          : Future.failedFuture(failure);
    }

    @Override
    public void close() {}
  }

  @AfterEach
  void close() throws Exception {
    client.close();
    vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  private AnswerChallengeResponse answer() {
    return client.call(Method.ANSWER_CHALLENGE, REQUEST);
  }

  private static CallFailed said(String code, boolean retryable) {
    return CallFailed.said(code, retryable, null, "id");
  }

  @Test
  void whatFailsForTheMomentIsMadeAgainUnchanged() {
    script.failures.add(Unavailable.unheard("gone", null));
    script.failures.add(said("overloaded", true));
    assertThat(answer()).isEqualTo(AnswerChallengeResponse.getDefaultInstance());
    assertThat(script.asked).containsExactly(REQUEST, REQUEST, REQUEST);
  }

  @Test
  void aRefusalThatStandsIsMadeOnce() {
    script.failures.add(said("card_locked", false));
    assertThatExceptionOfType(Refused.class)
        .isThrownBy(this::answer)
        .satisfies(e -> assertThat(e.is("card_locked")).isTrue());
    assertThat(script.asked).hasSize(1);
  }

  @Test
  void itIsGivenUpAfterSoManyAttempts() {
    for (var i = 0; i < 4; i++) {
      script.failures.add(said("token_unavailable", true));
    }
    assertThatExceptionOfType(Unavailable.class).isThrownBy(this::answer);
    assertThat(script.asked).hasSize(3);
  }

  @ParameterizedTest
  @CsvSource({
    "card_locked,false,REFUSED",
    "overloaded,true,NOT_NOW",
    "deadline_exceeded,true,UNKNOWN",
    "internal,false,UNKNOWN",
    "a_code_of_tomorrow,true,NOT_NOW",
    "another_of_tomorrow,false,REFUSED"
  })
  void aCodeIsARefusalOrNoAnswerAndSaysWhetherTheCallMayHaveHadItsEffect(
      String code, boolean retryable, String meaning) {
    var failed = said(code, retryable);
    assertThat(failed.retryable()).isEqualTo(retryable);
    assertThat(failed.effectUnknown()).isEqualTo(meaning.equals("UNKNOWN"));
    assertThat(failed instanceof Refused).isEqualTo(meaning.equals("REFUSED"));
  }

  @Test
  void whatWasNotHeardMayHaveHadItsEffect() {
    var unheard = Unavailable.unheard("x", null);
    assertThat(unheard.effectUnknown()).isTrue();
    assertThat(unheard.retryable()).isTrue();
  }

  /// The reply comes over the caller's own context, which must be free for it.
  @Test
  void aVirtualThreadOfVertxMayWait() throws Exception {
    script.failures.add(Unavailable.unheard("gone", null));
    var waited =
        vertx.deployVerticle(
            new VerticleBase() {
              @Override
              public Future<?> start() {
                answer();
                return Future.succeededFuture();
              }
            },
            new DeploymentOptions().setThreadingModel(ThreadingModel.VIRTUAL_THREAD));
    waited.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    assertThat(script.asked).hasSize(2);
  }

  @Test
  void anEventLoopIsNotMadeToWait() throws Exception {
    var failure =
        vertx
            .<Throwable>executeBlocking(() -> new IllegalStateException("not on the loop"))
            .compose(
                _ -> {
                  try {
                    return Future.<Throwable>failedFuture(answer().toString());
                  } catch (IllegalStateException e) {
                    return Future.<Throwable>succeededFuture(e);
                  }
                });
    assertThat(failure.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS))
        .hasMessageContaining("event loop");
  }

  @Test
  void restsDoubleUpToALimitAndAreSpread() {
    var retry = new Retry(9, Duration.ofMillis(100), Duration.ofMillis(350));
    assertThat(retry.restMillis(1, 0)).isEqualTo(100);
    assertThat(retry.restMillis(2, 0)).isEqualTo(200);
    assertThat(retry.restMillis(3, 0)).isEqualTo(350);
    assertThat(retry.restMillis(60, 0)).isEqualTo(350);
    assertThat(retry.restMillis(2, 1)).isEqualTo(100);
  }
}
