package karuta.guard.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import karuta.guard.client.ScriptedGuard.Script;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SocketGuardTest {
  private static final Duration LONG = Duration.ofMinutes(4);
  private static final Duration SHORT = Duration.ofMillis(50);

  @TempDir private Path dir;
  private final FakeGuard fake = new FakeGuard();
  private SocketGuard guard;

  @BeforeEach
  void connect() {
    guard = connected(1, LONG, System::nanoTime);
  }

  @AfterEach
  void close() {
    guard.close();
  }

  private ScriptedGuard listen(Script... scripts) throws IOException {
    return new ScriptedGuard(dir.resolve("s"), scripts);
  }

  private SocketGuard connected(int connections, Duration deadline, LongSupplier nanoClock) {
    return new SocketGuard(
        new SocketGuard.Settings(dir.resolve("s"), connections, deadline), nanoClock);
  }

  private void assertNoVerdict(String message) {
    assertThatThrownBy(() -> guard.judge(Samples.question()))
        .isInstanceOf(GuardUnavailable.class)
        .hasMessage(message);
  }

  @Test
  void everyVerbIsToldWhatTheGuardSaysOnOneConnection() throws IOException {
    guard = connected(2, LONG, System::nanoTime);
    assertThat(guard.up()).as("before the first call").isFalse();
    try (var server = listen(ScriptedGuard.replying(fake))) {
      assertThat(guard.judge(Samples.question()))
          .isEqualTo(new FakeGuard().judge(Samples.question()));
      assertThat(guard.recall(Samples.recall()))
          .isEqualTo(new FakeGuard().recall(Samples.recall()));
      assertThat(guard.seal(Samples.fields())).isEqualTo("a.seal.b");
      assertThat(guard.look(Samples.heads())).isEqualTo(Samples.standing());
      assertThat(guard.up()).isTrue();
      assertThat(server.accepted).hasValue(1);
    }
  }

  @Test
  void twoCallsAtOnceHaveAConnectionEach() throws Exception {
    var both = new CountDownLatch(2);
    fake.judging =
        _ -> {
          both.countDown();
          awaitUninterrupted(both);
          return new Reply.Refused(Reply.Reason.BEHIND, List.of(), List.of());
        };
    guard = connected(2, LONG, System::nanoTime);
    try (var server = listen(ScriptedGuard.replying(fake), ScriptedGuard.replying(fake))) {
      var one = judging();
      var other = judging();
      assertThat(one.get()).isEqualTo(other.get()).isInstanceOf(Reply.Refused.class);
      assertThat(server.accepted).hasValue(2);
    }
  }

  private FutureTask<Reply> judging() {
    var task = new FutureTask<>(() -> guard.judge(Samples.question()));
    Thread.ofPlatform().daemon(true).start(task);
    return task;
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /// The clock of the second caller runs out at once; the first has all the time.
  @Test
  void aCallWaitsForAConnectionNoLongerThanItsDeadline() throws Exception {
    var busy = new CountDownLatch(1);
    var end = new CountDownLatch(1);
    fake.judging =
        _ -> {
          busy.countDown();
          awaitUninterrupted(end);
          return new Reply.Refused(Reply.Reason.BEHIND, List.of(), List.of());
        };
    var late = new AtomicLong();
    var caller = Thread.currentThread();
    guard =
        connected(
            1,
            LONG,
            () -> Thread.currentThread() == caller ? late.addAndGet(LONG.toNanos() + 1) : 0);
    try (var _ = listen(ScriptedGuard.replying(fake))) {
      var one = judging();
      busy.await();
      assertNoVerdict("every connection to the guard is in use");
      end.countDown();
      assertThat(one.get()).isInstanceOf(Reply.Refused.class);
      assertThat(guard.up()).isTrue();
    }
  }

  static Stream<byte[]> silences() {
    return Stream.of(
        new byte[0],
        new byte[] {0, 0},
        ByteBuffer.allocate(6).putInt(5).array(),
        ByteBuffer.allocate(8).putInt(5).array());
  }

  /// The clock stands until the guard has said what it says, and has then gone past the deadline.
  @ParameterizedTest
  @MethodSource("silences")
  void aGuardThatSaysNothingOrHalfAReplyEndsTheCallByItsDeadline(byte[] said) throws IOException {
    var late = new AtomicBoolean();
    guard = connected(1, SHORT, () -> late.get() ? SHORT.toNanos() : 0);
    try (var server =
        listen(ScriptedGuard.saying(said, () -> late.set(true)), ScriptedGuard.replying(fake))) {
      assertNoVerdict("the guard did not reply in time");
      assertThat(guard.up()).isFalse();
      assertThat(server.accepted).as("what is late is not made again").hasValue(1);
    }
  }

  static Stream<Script> garbage() {
    return Stream.of(
        ScriptedGuard.saying("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(UTF_8)),
        ScriptedGuard.saying(ByteBuffer.allocate(6).putInt(Integer.MAX_VALUE).array()),
        ScriptedGuard.saying(ScriptedGuard.frame((byte) 1, (byte) 2, (byte) 3)),
        ScriptedGuard.saying(ScriptedGuard.frame()),
        ScriptedGuard.saying(ScriptedGuard.frame(ReplyMessages.of("a.seal.b").toByteArray())),
        ScriptedGuard.saying(withAnswer(ReplyMessages.of(FakeGuard.SPENT).toByteArray())),
        ScriptedGuard.sayingAndClosing((byte) 0, (byte) 0));
  }

  private static byte[] withAnswer(byte[] message) {
    return ByteBuffer.allocate(8 + message.length)
        .putInt(message.length)
        .putShort((short) 2)
        .put(message)
        .array();
  }

  @ParameterizedTest
  @MethodSource("garbage")
  void aConnectionOnWhichGarbageCameIsNotUsedAgain(Script script) throws IOException {
    try (var server = listen(script, ScriptedGuard.replying(fake))) {
      assertNoVerdict("what the guard sent is no reply");
      assertThat(guard.up()).isFalse();
      assertThat(guard.judge(Samples.question())).isInstanceOf(Reply.Judged.class);
      assertThat(guard.up()).isTrue();
      assertThat(server.accepted).hasValue(2);
    }
  }

  @Test
  void aGuardStartedAnewBetweenTwoCallsIsReachedByTheSecond() throws IOException {
    try (var _ = listen(ScriptedGuard.replying(fake))) {
      guard.seal(Samples.fields());
    }
    try (var _ = listen(ScriptedGuard.replying(fake))) {
      assertThat(guard.judge(Samples.question())).isInstanceOf(Reply.Judged.class);
      assertThat(fake.asked).hasSize(2);
    }
  }

  @Test
  void aCallIsMadeAgainOnceAndOnlyOnANewConnection() throws IOException {
    try (var server = listen(ScriptedGuard.replying(fake, 1), ScriptedGuard.sayingAndClosing())) {
      guard.seal(Samples.fields());
      assertNoVerdict("the guard closed the connection without a reply");
      assertThat(server.accepted).hasValue(2);
      assertNoVerdict("the guard closed the connection without a reply");
      assertThat(server.accepted).as("a new connection has no second").hasValue(3);
    }
  }

  @Test
  void aCallWhoseReplyHadBegunIsNotMadeAgain() throws IOException {
    try (var server =
        listen(
            (frames, bytes) -> {
              ScriptedGuard.replying(fake, 1).on(frames, bytes);
              ScriptedGuard.sayingAndClosing((byte) 0).on(frames, bytes);
            },
            ScriptedGuard.replying(fake))) {
      guard.seal(Samples.fields());
      assertNoVerdict("what the guard sent is no reply");
      assertThat(server.accepted).hasValue(1);
    }
  }

  @Test
  void aGuardThatIsGoneIsDownAndUpAgainWhenItIsBack() throws IOException {
    try (var _ = listen(ScriptedGuard.replying(fake))) {
      guard.look(List.of());
      assertThat(guard.up()).isTrue();
    }
    assertNoVerdict("no guard answers on its socket");
    assertThat(guard.up()).isFalse();
    try (var _ = listen(ScriptedGuard.replying(fake))) {
      guard.look(List.of());
      assertThat(guard.up()).isTrue();
    }
  }

  @Test
  void aFaultIsNoVerdictAndItsReasonIsTold() throws IOException {
    var fault = CallHandler.fault(CallHandler.Fault.UNAVAILABLE, "no token");
    try (var _ = listen(ScriptedGuard.saying(ScriptedGuard.frame(fault)))) {
      assertNoVerdict("the guard says UNAVAILABLE: no token");
    }
  }

  /// It closes before it has read the call, so writing fails; the reason stands there to be read.
  @Test
  void aGuardThatRefusesTheConnectionIsHeard() throws Exception {
    var closed = new CountDownLatch(1);
    var fault = ScriptedGuard.frame(CallHandler.fault(CallHandler.Fault.BUSY, "too many"));
    try (var _ =
        listen(
            (frames, bytes) -> {
              ScriptedGuard.replying(fake, 1).on(frames, bytes);
              bytes.write(ByteBuffer.wrap(fault));
              frames.close();
              closed.countDown();
            })) {
      guard.seal(Samples.fields());
      closed.await();
      assertNoVerdict("the guard says BUSY: too many");
    }
  }

  @Test
  void anInterruptedCallerIsToldSoAndStaysInterrupted() throws IOException {
    try (var _ = listen(ScriptedGuard.replying(fake))) {
      guard.look(List.of());
      Thread.currentThread().interrupt();
      assertNoVerdict("interrupted");
      assertThat(Thread.interrupted()).isTrue();
      assertThat(guard.up()).as("it says nothing of the guard").isTrue();
    }
  }

  @Test
  void afterTheEndNothingIsAsked() throws IOException {
    try (var server = listen(ScriptedGuard.replying(fake))) {
      guard.look(List.of());
      guard.close();
      assertNoVerdict("no guard answers on its socket");
      assertThat(server.accepted).hasValue(1);
    }
  }

  @Test
  void aCallLongerThanAGuardReadsIsNotSent() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> guard.look(Collections.nCopies(300, new ChainHead("guard-a", 1, Samples.HASH))));
  }

  @Test
  void settingsWithoutAConnectionOrTimeAreNone() {
    assertThatIllegalArgumentException().isThrownBy(() -> connected(0, LONG, System::nanoTime));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> connected(1, Duration.ZERO, System::nanoTime));
  }
}
