package karuta.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.client.WebClient;
import io.vertx.grpc.client.GrpcClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is too much is refused at once and may be tried again; what was accepted is answered; nothing blocks an event
/// loop.
class OverloadTest {
  private static final Duration LONG = TestServer.LONG;
  private static final Duration SHORT = Duration.ofMillis(300);

  private static ApiTransport transport(TestServer server, String kind) {
    return kind.equals("rest")
        ? ApiTransport.rest(server, "front-end")
        : ApiTransport.grpc(server, "front-end");
  }

  static Operation<?, ?> operation(String name) {
    return TransportsAgreeTest.operations().stream()
        .filter(candidate -> candidate.method().getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static List<Future<ApiTransport.Answer>> send(
      ApiTransport transport, Operation<?, ?> operation, int times) {
    return IntStream.range(0, times)
        .mapToObj(_ -> transport.call(operation, Samples.of(operation)))
        .toList();
  }

  private static List<String> codes(List<Future<ApiTransport.Answer>> answers) {
    return answers.stream().map(TestServer::wait).map(ApiTransport.Answer::code).toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"rest", "grpc"})
  void aFullLaneRefusesAtOnceAndTheRestIsAnswered(String kind, @TempDir Path directory)
      throws Exception {
    try (var server = new TestServer(directory, new TestServer.Setup(2, 4, 1000, LONG, false))) {
      var release = new CountDownLatch(1);
      var held = new Semaphore(0);
      server.domain.hold.set(
          () -> {
            held.release();
            await(release);
          });
      var refused = new Semaphore(0);
      var answers = send(transport(server, kind), operation("AnswerChallenge"), 12);
      answers.forEach(
          answer ->
              answer.onSuccess(
                  known -> {
                    if (known.code().equals("overloaded") && known.retryable()) {
                      refused.release();
                    }
                  }));
      // six are refused while the six accepted still wait: nobody has let them go
      refused.acquire(6);
      held.acquire(2);
      assertThat(server.token.working()).isEqualTo(2);
      assertThat(server.token.waiting()).isEqualTo(4);
      assertThat(server.token.refused()).isEqualTo(6);
      release.countDown();
      assertThat(codes(answers)).filteredOn("ok"::equals).hasSize(6);
      assertThat(server.domain.calls).hasValue(6);
      assertThat(server.domain.onEventLoop).hasValue(0);
    }
  }

  @Test
  void aFullTokenLaneLeavesTheOtherCallsAlone(@TempDir Path directory) throws Exception {
    try (var server = new TestServer(directory, new TestServer.Setup(1, 1, 1000, LONG, false))) {
      var release = new CountDownLatch(1);
      var held = new Semaphore(0);
      server.domain.hold.set(
          () -> {
            if (Thread.currentThread().getName().contains("token")) {
              held.release();
              await(release);
            }
          });
      var transport = ApiTransport.rest(server, "front-end");
      var slow = send(transport, operation("AnswerChallenge"), 2);
      held.acquire();
      assertThat(codes(send(transport, operation("GetSubject"), 1))).containsExactly("ok");
      release.countDown();
      assertThat(codes(slow)).containsExactly("ok", "ok");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"rest", "grpc"})
  void aClientBeyondItsShareIsRefusedAndOthersAreNot(String kind, @TempDir Path directory)
      throws Exception {
    try (var server = new TestServer(directory, new TestServer.Setup(8, 64, 2, LONG, false))) {
      var release = new CountDownLatch(1);
      var held = new Semaphore(0);
      server.domain.hold.set(
          () -> {
            held.release();
            await(release);
          });
      var answers = send(transport(server, kind), operation("AnswerChallenge"), 2);
      held.acquire(2);
      var third =
          TestServer.wait(send(transport(server, kind), operation("GetSubject"), 1).getFirst());
      assertThat(third.code()).isEqualTo("too_many_requests");
      assertThat(third.retryable()).isTrue();
      var office = send(ApiTransport.rest(server, "back-office"), operation("GetSubject"), 1);
      held.acquire();
      release.countDown();
      assertThat(codes(office)).containsExactly("ok");
      assertThat(codes(answers)).containsExactly("ok", "ok");
      assertThat(codes(send(transport(server, kind), operation("GetSubject"), 1)))
          .containsExactly("ok");
    }
  }

  /// Else one client could fill a lane alone, with calls that it gives up at once.
  @ParameterizedTest
  @ValueSource(strings = {"rest", "grpc"})
  void workKeepsItsClientsShareThoughItsCallerHasHisReply(String kind, @TempDir Path directory)
      throws Exception {
    try (var server = new TestServer(directory, new TestServer.Setup(8, 64, 2, SHORT, false))) {
      var release = new CountDownLatch(1);
      var held = new Semaphore(0);
      server.domain.hold.set(
          () -> {
            held.release();
            await(release);
          });
      var transport = transport(server, kind);
      // a call whose time was over before a slow machine began its work holds nothing
      while (held.availablePermits() < 2) {
        codes(send(transport, operation("AnswerChallenge"), 1));
      }
      assertThat(codes(send(transport, operation("GetSubject"), 1)))
          .containsExactly("too_many_requests");
      release.countDown();
      server.domain.hold.set(() -> {});
      while (!codes(send(transport, operation("GetSubject"), 1)).equals(List.of("ok"))) {
        Thread.onSpinWait();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"rest", "grpc"})
  void workWhoseDeadlineIsOverIsNeverBegun(String kind, @TempDir Path directory) throws Exception {
    try (var server = new TestServer(directory, new TestServer.Setup(1, 8, 1000, SHORT, false))) {
      var release = new CountDownLatch(1);
      assertThat(server.token.offer(() -> await(release))).isTrue();
      var answers = send(transport(server, kind), operation("AnswerChallenge"), 3);
      assertThat(codes(answers)).containsOnly("deadline_exceeded");
      release.countDown();
      assertThat(server.token.drain(LONG)).isTrue();
      assertThat(server.domain.calls).hasValue(0);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"rest", "grpc"})
  void workWhoseConnectionHasEndedIsNeverBegunAndIsCounted(String kind, @TempDir Path directory)
      throws Exception {
    try (var server = new TestServer(directory, new TestServer.Setup(1, 8, 1000, LONG, false))) {
      var release = new CountDownLatch(1);
      assertThat(server.token.offer(() -> await(release))).isTrue();
      var callers = Vertx.vertx();
      var tls = server.tls("front-end", HttpVersion.HTTP_2);
      var transport =
          kind.equals("rest")
              ? new ApiTransport.Rest(WebClient.wrap(callers.createHttpClient(tls)))
              : new ApiTransport.Grpc(server, GrpcClient.client(callers, tls));
      var _ = send(transport, operation("AnswerChallenge"), 3);
      while (server.token.waiting() < 3) {
        Thread.onSpinWait();
      }
      TestServer.wait(callers.close());
      while (gone(server, kind) < 3) {
        Thread.onSpinWait();
      }
      release.countDown();
      assertThat(server.token.drain(LONG)).isTrue();
      assertThat(server.domain.calls).hasValue(0);
      assertThat(server.meters.dropped("token").count()).isEqualTo(3);
    }
  }

  private static long gone(TestServer server, String transport) {
    var timer =
        server
            .meters
            .registry()
            .find("karuta.requests")
            .tags("transport", transport, "code", "gone")
            .timer();
    return timer == null ? 0 : timer.count();
  }

  @ParameterizedTest
  @ValueSource(strings = {"rest", "grpc"})
  void workThatIsBegunGoesOnToItsEndThoughItsCallerIsToldThatItsDeadlineIsOver(
      String kind, @TempDir Path directory) throws Exception {
    try (var server = new TestServer(directory, new TestServer.Setup(1, 8, 1000, SHORT, false))) {
      var release = new CountDownLatch(1);
      server.domain.hold.set(() -> await(release));
      var transport = transport(server, kind);
      // a machine may be so slow that the time of a call is over before its work is begun: then
      // another
      do {
        assertThat(codes(send(transport, operation("AnswerChallenge"), 1)))
            .containsExactly("deadline_exceeded");
      } while (server.domain.calls.get() == 0);
      assertThat(server.domain.ended).hasValue(0);
      release.countDown();
      assertThat(server.token.drain(LONG)).isTrue();
      assertThat(server.domain.ended).hasValue(1);
    }
  }

  @Test
  void aShutdownAnswersWhatIsUnderWayAndRefusesWhatIsNew(@TempDir Path directory) throws Exception {
    try (var server = new TestServer(directory, new TestServer.Setup(2, 8, 1000, LONG, false))) {
      var release = new CountDownLatch(1);
      var held = new Semaphore(0);
      server.domain.hold.set(
          () -> {
            held.release();
            await(release);
          });
      var rest = ApiTransport.rest(server, "front-end");
      var grpc = ApiTransport.grpc(server, "front-end");
      var underWay =
          List.of(
              send(rest, operation("AnswerChallenge"), 1).getFirst(),
              send(grpc, operation("AnswerChallenge"), 1).getFirst());
      held.acquire(2);
      var end = server.port.shutdown(LONG);
      var fresh =
          send(ApiTransport.rest(server, "front-end"), operation("GetSubject"), 1).getFirst();
      var refused =
          TestServer.wait(
              fresh
                  .map(answer -> answer.code().equals("shutting_down"))
                  .recover(_ -> Future.succeededFuture(true)));
      assertThat(refused).as("a new request is refused, or not let in").isTrue();
      release.countDown();
      assertThat(codes(underWay)).containsExactly("ok", "ok");
      TestServer.wait(end);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"rest", "grpc"})
  void aDefectThatEverybodyMeetsFillsNoDisk(String kind, @TempDir Path directory) throws Exception {
    try (var server = new TestServer(directory, TestServer.Setup.usual())) {
      server.domain.hold.set(
          () -> {
            throw new IllegalStateException("what a customer has sent");
          });
      var transport = transport(server, kind);
      for (var i = 0; i < 30; i++) {
        assertThat(codes(send(transport, operation("GetSubject"), 1))).containsExactly("internal");
      }
      assertThat(server.defects)
          .hasSize(20)
          .allMatch(line -> line.contains("GetSubject") && !line.contains("customer"));
    }
  }

  static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
